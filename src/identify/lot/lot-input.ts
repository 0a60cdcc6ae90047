import { isElement, isRareEarth, whyNoElement } from "../../chemistry/index.ts";
import { done, fieldNotIn, type Refusal, type Result, refuse } from "../../quantity/index.ts";
import { PRIORS } from "../magnets/priors.ts";
import { LOT_INPUT_SCHEMA } from "./lot-schema.ts";
import type { MassEvidence } from "./mass-evidence.ts";
import type { TearDown, TornPart } from "./tear-downs.ts";
import { pieceOfSize_g } from "./value-of-information.ts";

export const TOTAL_REE = "total_ree";

export interface LotEvidence {
  readonly kind: string;
  /** An element symbol or `total_ree`. */
  readonly of: string;
  readonly wt_pct: number;
  readonly sd: number;
  readonly bias_id: string | null;
  readonly bias_sd: number;
}
export interface LotMeasurement {
  readonly kind: string;
  readonly of: string;
  readonly sd_wt_pct: number;
  readonly bias_sd_wt_pct: number;
  readonly cost_usd: number;
  readonly bias_id: string | null;
  /** Readings taken together: they share the bias. */
  readonly readings_count: number;
  readonly sampling: {
    readonly magnet_fraction: number;
    readonly piece_g: number;
    readonly sample_kg: number;
  } | null;
}
export interface LotInput {
  readonly units: readonly {
    readonly family: string;
    readonly prior_class: string;
    readonly count: number;
  }[];
  readonly teardowns: readonly TearDown[];
  readonly prior: { readonly grade: Normal; readonly mass_kg: Normal } | null;
  readonly evidence: readonly LotEvidence[];
  /** Weights and pull tests: they tell of the mass of magnets, not of what these are made of. */
  readonly mass_evidence: readonly MassEvidence[];
  readonly limit: { readonly of: string; readonly wt_pct_min: number } | null;
  readonly usd_per_kg_ree: number | null;
  readonly measurements: readonly LotMeasurement[];
  readonly seed: number;
}
export interface Normal {
  readonly best: number;
  readonly sd: number;
}

export type LotRefusal = Refusal<
  | "field_unknown"
  | "not_an_object"
  | "field_missing"
  | "not_a_number"
  | "out_of_range"
  | "element_unknown"
  | "prior_class_unknown"
  | "no_prior"
  | "too_many"
  | "not_a_list"
  | "bias_sd_differs"
  | "evidence_off_prior"
  | "part_unknown"
>;

const ROWS_MAX = 100_000;
const TEARDOWNS_MAX = 10_000;
const PARTS_MAX = 20;
const READINGS_MAX = 10_000;

/** Stops reading at the first thing wrong; caught in `readLotInput` and nowhere else. */
class Stop {
  readonly refusal: LotRefusal;
  constructor(refusal: LotRefusal) {
    this.refusal = refusal;
  }
}
function stop(code: LotRefusal["code"], at: string, message: string): never {
  throw new Stop(refuse(code, at, message).refusal);
}

type Fields = Readonly<Record<string, unknown>>;
const isFields = (x: unknown): x is Fields => typeof x === "object" && x !== null && !Array.isArray(x);
const fields = (x: unknown, at: string): Fields =>
  isFields(x) ? x : stop("not_an_object", at, `${at} is not an object`);
const list = (x: unknown, at: string, max: number): readonly unknown[] =>
  !Array.isArray(x)
    ? stop("not_a_list", at, `${at} is not a list`)
    : x.length > max
      ? stop("too_many", at, `${at} has ${x.length} entries; at most ${max} are read`)
      : x;
function number(x: unknown, at: string, low: number, high: number): number {
  if (x === undefined) return stop("field_missing", at, `${at} is missing`);
  if (typeof x !== "number" || !Number.isFinite(x))
    return stop("not_a_number", at, `${at} is not a finite number`);
  return x < low || x > high
    ? stop("out_of_range", at, `${at} is ${x}; it must lie between ${low} and ${high}`)
    : x;
}
const text = (x: unknown, at: string): string =>
  typeof x === "string" && x.trim() !== "" ? x : stop("field_missing", at, `${at} is missing or not a text`);

/** `"element": "Nd"`, `"element": "total_ree"` and `"total_ree": true` are all understood. */
function quantityNamed(from: Fields, at: string): string {
  if (from[TOTAL_REE] === true || from["element"] === TOTAL_REE) return TOTAL_REE;
  const element = text(from["element"], `${at}.element`);
  return isElement(element) ? element : stop("element_unknown", `${at}.element`, whyNoElement(element));
}

const normal = (x: unknown, at: string, high: number): Normal => {
  const from = fields(x, at);
  return { best: number(from["best"], `${at}.best`, 0, high), sd: number(from["sd"], `${at}.sd`, 0, high) };
};

function readEvidence(x: unknown, at: string): LotEvidence {
  const from = fields(x, at);
  const shared = (from["bias_id"] ?? undefined) !== undefined;
  return {
    kind: text(from["kind"], `${at}.kind`),
    of: quantityNamed(from, at),
    wt_pct: number(from["wt_pct"], `${at}.wt_pct`, 0, 100),
    // A reading without doubt would end all inference; no method has none.
    sd: number(from["sd"], `${at}.sd`, 1e-9, 100),
    bias_id: shared ? text(from["bias_id"], `${at}.bias_id`) : null,
    bias_sd: from["bias_sd"] === undefined ? 0 : number(from["bias_sd"], `${at}.bias_sd`, 0, 100),
  };
}

const tellsOfMass = (x: unknown): boolean =>
  typeof x === "object" && x !== null && ("magnet_mass_kg" in x || "tested" in x) && !("wt_pct" in x);

function readMassEvidence(x: unknown, at: string): MassEvidence {
  const from = fields(x, at);
  const kind = text(from["kind"], `${at}.kind`);
  if (from["magnet_mass_kg"] !== undefined)
    return {
      kind,
      magnet_mass_kg: number(from["magnet_mass_kg"], `${at}.magnet_mass_kg`, 0, 1e12),
      sd_kg: number(from["sd_kg"], `${at}.sd_kg`, 1e-9, 1e12),
    };
  const tested = number(from["tested"], `${at}.tested`, 1, 1e9);
  return { kind, tested, pulling: number(from["pulling"], `${at}.pulling`, 0, tested) };
}

function readMeasurement(x: unknown, at: string, limitOf: string): LotMeasurement {
  const from = fields(x, at);
  const names = from["element"] !== undefined || from[TOTAL_REE] !== undefined;
  const sampling = from["sampling"] === undefined ? null : fields(from["sampling"], `${at}.sampling`);
  return {
    kind: text(from["kind"], `${at}.kind`),
    of: names ? quantityNamed(from, at) : limitOf,
    sd_wt_pct: number(from["sd_wt_pct"], `${at}.sd_wt_pct`, 0, 100),
    bias_sd_wt_pct:
      from["bias_sd_wt_pct"] === undefined
        ? 0
        : number(from["bias_sd_wt_pct"], `${at}.bias_sd_wt_pct`, 0, 100),
    cost_usd: number(from["cost_usd"], `${at}.cost_usd`, 0, 1e12),
    bias_id: (from["bias_id"] ?? undefined) === undefined ? null : text(from["bias_id"], `${at}.bias_id`),
    readings_count:
      from["readings_count"] === undefined
        ? 1
        : number(from["readings_count"], `${at}.readings_count`, 1, 1e6),
    sampling: sampling && {
      magnet_fraction: number(sampling["magnet_fraction"], `${at}.sampling.magnet_fraction`, 1e-9, 1),
      piece_g:
        sampling["piece_g"] === undefined && sampling["top_size_mm"] !== undefined
          ? pieceOfSize_g(number(sampling["top_size_mm"], `${at}.sampling.top_size_mm`, 0, 1e4))
          : number(sampling["piece_g"], `${at}.sampling.piece_g`, 0, 1e9),
      sample_kg: number(sampling["sample_kg"], `${at}.sampling.sample_kg`, 1e-9, 1e9),
    },
  };
}

function readUnit(x: unknown, at: string): LotInput["units"][number] {
  const from = fields(x, at);
  const prior_class = text(from["prior_class"], `${at}.prior_class`);
  // Identified lines may say `unknown`: such units are named in `not_counted`, never guessed at (SPEC I16).
  if (prior_class !== "unknown" && !PRIORS.has(prior_class))
    stop("prior_class_unknown", `${at}.prior_class`, `the prior table has no row ${prior_class}`);
  return {
    family: text(from["family"], `${at}.family`),
    prior_class,
    count: number(from["count"], `${at}.count`, 1, 1e9),
  };
}

/** A tear-down as a recycler notes it (SPEC I30). */
function readTearDown(x: unknown, at: string): TearDown {
  const from = fields(x, at);
  const prior_class = text(from["prior_class"], `${at}.prior_class`);
  const row = PRIORS.get(prior_class);
  if (!row)
    return stop("prior_class_unknown", `${at}.prior_class`, `the prior table has no row ${prior_class}`);
  const known = row.parts.map(({ part }) => part);
  const parts = list(from["parts"], `${at}.parts`, PARTS_MAX).map((p, i): TornPart => {
    const place = `${at}.parts[${i}]`;
    const torn = fields(p, place);
    const part = text(torn["part"], `${place}.part`);
    if (!known.includes(part))
      stop("part_unknown", `${place}.part`, `${prior_class} has the parts ${known.join(", ")}`);
    const contents = torn["wt_pct"] === undefined ? {} : fields(torn["wt_pct"], `${place}.wt_pct`);
    const wt_pct = Object.entries(contents).map(([element, reading]) => {
      const where = `${place}.wt_pct.${element}`;
      if (!isElement(element)) stop("element_unknown", where, whyNoElement(element));
      const read = fields(reading, where);
      return [
        element,
        {
          value: number(read["value"], `${where}.value`, 0, 100),
          sd: number(read["sd"], `${where}.sd`, 1e-9, 100),
        },
      ] as const;
    });
    return {
      part,
      magnets_g: number(torn["magnets_g"], `${place}.magnets_g`, 0, 1e6),
      ...(torn["alloy"] === undefined ? {} : { alloy: text(torn["alloy"], `${place}.alloy`) }),
      ...(wt_pct.length > 0 ? { wt_pct: Object.fromEntries(wt_pct) } : {}),
    };
  });
  return { family: text(from["family"], `${at}.family`), prior_class, parts };
}

function readWhole(x: unknown): LotInput {
  const from = fields(x, "input");
  const part = (name: string): unknown => from[name] ?? undefined;
  const units =
    part("units") === undefined
      ? []
      : list(part("units"), "units", ROWS_MAX).map((u, i) => readUnit(u, `units[${i}]`));
  const given = part("prior") === undefined ? null : fields(part("prior"), "prior");
  const prior = given && {
    grade: normal(given["grade_wt_pct"], "prior.grade_wt_pct", 100),
    mass_kg: normal(given["mass_kg"], "prior.mass_kg", 1e12),
  };
  if (!prior && !units.some((u) => PRIORS.has(u.prior_class)))
    stop("no_prior", "input", "neither units nor a prior are given: there is nothing to start from");
  const limitFields = part("limit") === undefined ? null : fields(part("limit"), "limit");
  const limit = limitFields && {
    of: quantityNamed(limitFields, "limit"),
    wt_pct_min: number(limitFields["wt_pct_min"], "limit.wt_pct_min", 0, 100),
  };
  const stakes = part("stakes") === undefined ? null : fields(part("stakes"), "stakes");
  const usd_per_kg_ree = stakes && number(stakes["usd_per_kg_ree"], "stakes.usd_per_kg_ree", 0, 1e9);
  const told = part("evidence") === undefined ? [] : list(part("evidence"), "evidence", READINGS_MAX);
  const evidence: LotEvidence[] = [];
  const mass_evidence: MassEvidence[] = [];
  const places: string[] = [];
  for (const [i, e] of told.entries()) {
    const at = `evidence[${i}]`;
    if (tellsOfMass(e)) {
      const read = readMassEvidence(e, at);
      if (prior && "tested" in read)
        stop("evidence_off_prior", at, "a pull test tells of units, and a prior is given in their place");
      mass_evidence.push(read);
    } else {
      evidence.push(readEvidence(e, at));
      places.push(at);
    }
  }
  const measurements =
    part("measurements") === undefined
      ? []
      : list(part("measurements"), "measurements", READINGS_MAX).map((m, i) =>
          readMeasurement(m, `measurements[${i}]`, limit?.of ?? TOTAL_REE),
        );
  const seed =
    part("seed") === undefined
      ? 0
      : number(part("seed"), "seed", -Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
  const teardowns =
    part("teardowns") === undefined
      ? []
      : list(part("teardowns"), "teardowns", TEARDOWNS_MAX).map((t, i) => readTearDown(t, `teardowns[${i}]`));
  const read = {
    units,
    teardowns,
    prior,
    evidence,
    mass_evidence,
    limit,
    usd_per_kg_ree,
    measurements,
    seed,
  };
  checkTogether(read, places);
  return read;
}

function checkTogether(read: LotInput, places: readonly string[]): void {
  const biases = new Map<string, number>();
  for (const [i, e] of read.evidence.entries()) {
    const known = e.bias_id === null ? undefined : biases.get(e.bias_id);
    if (known !== undefined && known !== e.bias_sd)
      stop(
        "bias_sd_differs",
        `${places[i]}.bias_sd`,
        `bias ${e.bias_id} has sd ${known} in one reading and ${e.bias_sd} in another`,
      );
    if (e.bias_id !== null) biases.set(e.bias_id, e.bias_sd);
  }
  const target = read.limit?.of ?? TOTAL_REE;
  const known = (of: string): boolean => (read.prior ? of === target : of === TOTAL_REE || isRareEarth(of));
  const wrong = [
    ...read.evidence.map((e, i) => [places[i] ?? "evidence", e.of] as const),
    ...read.measurements.map((m, i) => [`measurements[${i}]`, m.of] as const),
    ["limit", target] as const,
  ];
  for (const [at, of] of wrong)
    if (!known(of))
      stop(
        "evidence_off_prior",
        at,
        read.prior
          ? `${of} is not ${target}, and the given prior says nothing of it`
          : `${of} is not a rare earth: the device model grades rare earths only`,
      );
}

/** Reads the input of lot inference, or says what is wrong and where (SPEC I17). */
export function readLotInput(x: unknown): Result<LotInput, LotRefusal> {
  const strange = fieldNotIn(LOT_INPUT_SCHEMA, x);
  if (strange) return strange;
  try {
    return done(readWhole(x));
  } catch (fault) {
    if (fault instanceof Stop) return { ok: false, refusal: fault.refusal };
    throw fault;
  }
}
