// Which folder stands on which floor. Imports go down.

function onFloor(floor: number, ...rooms: string[]): Record<string, number> {
  return Object.fromEntries(rooms.map((room) => [room, floor]));
}

/** Rooms by floor. The contract is what app speaks, so app stands on it. */
export const FLOORS: Readonly<Record<string, number>> = {
  quantity: 1,
  chemistry: 2,
  ...onFloor(3, "ledger", "column"),
  ...onFloor(
    4,
    "programme",
    "intake",
    "identify",
    "prepare",
    "ship",
    "assay",
    "settle",
    "refine",
    "certify",
    "orders",
    "trust",
  ),
  contract: 5,
  app: 5.5,
  ...onFloor(6, "api", "cli", "web", "store", "outside", "sample"),
  main: 7,
};
/** Rooms up to here compute only. */
export const PURE = 4;
export const PURE_ROOMS: readonly string[] = Object.keys(FLOORS).filter(
  (room) => (FLOORS[room] ?? 0) <= PURE,
);
/** Rooms on these floors are entered by index.ts. */
export const DOORS = [3, 4];
/** What pure rooms may use from npm; docs/decisions gives the reasons. */
export const PURE_PACKAGES = [
  "@noble/curves",
  "@noble/hashes",
  "canonicalize",
  "csv-parse",
  "decimal.js",
  "zod",
];

interface Inside {
  readonly floors: Readonly<Record<string, number>>;
  /** Files that stand in no folder. */
  readonly top: number;
  /** Folders that may use a neighbour on their own floor, one way. */
  readonly beside: "one way" | Readonly<Record<string, readonly string[]>>;
}

/** Rooms that have floors inside. A folder that is not named stands on no floor. */
export const INSIDE: Readonly<Record<string, Inside>> = {
  web: {
    floors: {
      kit: 1,
      styles: 1,
      jobs: 2,
      act: 3,
      ...onFloor(
        4,
        "account",
        "assay",
        "books",
        "certify",
        "column",
        "floor",
        "guide",
        "identify",
        "intake",
        "lots",
        "orders",
        "overview",
        "people",
        "plan",
        "refine",
        "settle",
        "ship",
        "trust",
      ),
      shell: 5,
    },
    top: 6,
    beside: {
      refine: ["column", "lots"],
      books: ["account"],
      overview: ["account"],
    },
  },
  app: {
    floors: {
      core: 1,
      ...onFloor(
        2,
        "overview",
        "programme",
        "intake",
        "identify",
        "prepare",
        "ledger",
        "ship",
        "assay",
        "settle",
        "column",
        "refine",
        "certify",
        "orders",
        "trust",
        "notices",
        "jobs",
        "readers",
      ),
    },
    top: 3,
    beside: "one way",
  },
};
