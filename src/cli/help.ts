import type { UseCase } from "../app/use-case.ts";

export interface OwnVerb {
  readonly room: string;
  readonly verb: string;
  readonly summary: string;
  readonly usage: string;
}

const pad = (text: string, width: number) => text.padEnd(width);

/** What `didym --help` prints. */
export function helpOfAll(useCases: readonly UseCase[], own: readonly OwnVerb[]): string {
  const rooms = new Map<string, string[]>();
  for (const { room, verb } of [...useCases, ...own]) {
    if (room) rooms.set(room, [...(rooms.get(room) ?? []), verb]);
  }
  const lines = [...rooms].map(([room, verbs]) => `  ${pad(room, 11)}${verbs.join(", ")}`);
  const alone = own.filter((o) => !o.room).map((o) => `  ${pad(o.usage, 28)}${o.summary}`);
  return `didym ROOM VERB [FILE|-] [--field value]...

JSON or CSV in, JSON out on standard output; NDJSON where there are many rows. Messages go to standard error.
Exit 0 done, 2 refused (the output says what and where), 1 fault.

Rooms, in the order of the loop:
${lines.join("\n")}

Also:
${alone.join("\n")}

  --help, --schema            at each level: what it takes, with an example that runs
  --data DIR                  the data folder (default ./data); DATABASE_URL comes first
  --as ROLE@PARTY             who acts; stated, not verified
  --key KEY                   names a command, so that it can be sent again without being done twice

Example:
  didym column simulate examples/column/A-equilibrium.json
`;
}

/** What `didym ROOM --help` prints. */
export function helpOfRoom(room: string, useCases: readonly UseCase[], own: readonly OwnVerb[]): string {
  const verbs = [...useCases.filter((u) => u.room === room), ...own.filter((o) => o.room === room)];
  return `didym ${room} VERB\n\n${verbs.map((v) => `  ${pad(v.verb, 20)}${v.summary}`).join("\n")}\n\ndidym ${room} VERB --help shows its input and an example.\n`;
}

/** What `didym ROOM VERB --help` prints: the example is the one the tests run. */
export function helpOfVerb(useCase: UseCase): string {
  const { room, verb, summary, raw } = useCase;
  const head = `didym ${room} ${verb} ${useCase.type === "query" ? "[--field value]..." : "FILE|- [--field value]..."}\n\n${summary}\n`;
  if (useCase.type === "query") {
    const flags = Object.entries(useCase.example as Record<string, unknown>).map(
      ([k, v]) => `--${k.replaceAll("_", "-")} ${v}`,
    );
    return `${head}\nExample:\n  didym ${room} ${verb} ${flags.join(" ")}\n`;
  }
  if (raw !== undefined) {
    const { [raw]: text, ...rest } = useCase.example as Record<string, unknown>;
    const flags = Object.entries(rest).map(
      ([k, v]) => `--${k.replaceAll("_", "-")} ${typeof v === "string" ? v : `'${JSON.stringify(v)}'`}`,
    );
    return `${head}\nExample:\n  didym ${room} ${verb} - ${flags.join(" ")} <<'END'\n${String(text).trimEnd()}\nEND\n`;
  }
  return `${head}\nExample:\n  didym ${room} ${verb} - <<'END'\n${JSON.stringify(useCase.example, null, 2)}\nEND\n`;
}

/** The nearest known word, for a word that is not known. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const scored = known.map((k) => [distance(word, k), k] as const).sort((a, b) => a[0] - b[0]);
  const best = scored[0];
  return best && best[0] <= 3 ? best[1] : undefined;
}

/** Levenshtein's distance. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const swap = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, swap));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
