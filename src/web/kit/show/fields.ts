/** One field of an entry as a reader sees it: a label, and a figure, a link, a text, or fields within. */
export interface Shown {
  readonly label: string;
  readonly value: Value;
}

export type Value =
  | { readonly as: "text"; readonly text: string; readonly mono?: boolean }
  | { readonly as: "time"; readonly at: string }
  /** `below`: it rests on a "less than" reading. */
  | { readonly as: "mass"; readonly mg: number; readonly sd_mg?: number; readonly below?: true }
  | { readonly as: "number"; readonly value: number; readonly sd?: number; readonly unit?: string }
  | { readonly as: "link"; readonly text: string; readonly to: string }
  | { readonly as: "fields"; readonly of: readonly Shown[] }
  | { readonly as: "list"; readonly of: readonly Value[] };

/** Names of fields that hold the number of something with a page of its own. */
const PAGES: Readonly<Record<string, (id: string) => string>> = {
  lot: (id) => `/lots/${id}`,
  lots: (id) => `/lots/${id}`,
  feed: (id) => `/lots/${id}`,
  sample: (id) => `/samples/${id}`,
  shipment: (id) => `/ship/${id}`,
  consignment: (id) => `/consignments/${id}`,
  campaign: (id) => `/campaigns/${id}`,
  order: (id) => `/orders/${id}`,
};

/** The end of a field's name is its unit (CONTRIBUTING: units last, after one underscore). */
const UNITS: Readonly<Record<string, string>> = {
  pct: "%",
  ppm: "ppm",
  m: "m",
  s: "s",
  per_kg: "/kg",
  mol: "mol",
};

type Body = Readonly<Record<string, unknown>>;

const isBody = (value: unknown): value is Body =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A digest or a key is recognised by its look: long and without spaces. */
const isDigest = (text: string): boolean => /^[0-9a-f]{40,}$/.test(text);
const isInstant = (text: string): boolean => /^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)$/.test(text);

/** "mass_mg" in "mass", and what its figures are counted in. */
function unitOf(name: string): { readonly label: string; readonly unit?: string; readonly mg?: true } {
  if (name === "mg_per_kg") return { label: "results", unit: "mg/kg" };
  if (/(^|_)mg$/.test(name)) return { label: name.replace(/_?mg$/, "") || "mass", mg: true };
  const found = /^(.+)_([a-z]+)$/.exec(name);
  const unit = found?.[2] === undefined ? undefined : UNITS[found[2]];
  return unit && found?.[1] ? { label: found[1], unit } : { label: name };
}

/** Spread of a value whose causes are listed, or its stated standard uncertainty. */
const doubtOf = (of: Body): number | undefined => {
  if (typeof of["sd"] === "number") return of["sd"];
  return isBody(of["moves"]) ? Math.hypot(...Object.values(of["moves"]).map(Number)) : undefined;
};

interface Within {
  readonly unit?: string | undefined;
  readonly mg?: boolean | undefined;
}

function figure(value: number, sd: number | undefined, { unit, mg }: Within): Value {
  const doubt = sd !== undefined && sd > 0 ? sd : undefined;
  if (mg) return { as: "mass", mg: value, ...(doubt === undefined ? {} : { sd_mg: doubt }) };
  return { as: "number", value, ...(doubt === undefined ? {} : { sd: doubt }), ...(unit ? { unit } : {}) };
}

function shownAs(name: string, value: unknown, within: Within): Value {
  if (typeof value === "number") return figure(value, undefined, within);
  if (typeof value === "boolean") return { as: "text", text: value ? "yes" : "no" };
  if (typeof value === "string") {
    const to = PAGES[name];
    if (to) return { as: "link", text: value, to: to(encodeURIComponent(value)) };
    if (isInstant(value)) return { as: "time", at: value };
    return isDigest(value) ? { as: "text", text: value, mono: true } : { as: "text", text: value };
  }
  if (Array.isArray(value)) return { as: "list", of: value.map((v) => shownAs(name, v, within)) };
  if (!isBody(value)) return { as: "text", text: "nothing" };
  if (typeof value["below"] === "number")
    return { as: "text", text: `below ${value["below"]}${within.unit ? ` ${within.unit}` : ""}` };
  if (typeof value["best"] === "number") {
    const read = figure(value["best"], doubtOf(value), within);
    return value["below"] === true && read.as === "mass" ? { ...read, below: true } : read;
  }
  return { as: "fields", of: fieldsOf(value, within) };
}

/** The content of an entry as labelled fields, in the order in which it is written down. Units are said by the names. */
export function fieldsOf(body: Body, within: Within = {}): Shown[] {
  return Object.entries(body)
    .filter(([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0))
    .filter(([, value]) => !(isBody(value) && Object.keys(value).length === 0))
    .map(([name, value]) => {
      const { label, ...own } = unitOf(name);
      const here: Within = own.mg || own.unit ? own : within;
      return { label: label.replaceAll("_", " "), value: shownAs(name, value, here) };
    });
}
