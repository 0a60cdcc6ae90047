import type { FieldValue, RefersTo, Shown, Wanted } from "./identifiers.ts";

export interface Choice {
  readonly value: string;
  readonly label: string;
}

export interface Choices {
  readonly options: readonly Choice[];
  /** There are more than a list can show: what begins as it is written so far is asked for. */
  readonly more: boolean;
  /** The field that must be filled in before anything can be chosen. */
  readonly waitsFor?: string;
}

/** What is said at a field that stands beside this one or above it, and what that field refers to. */
export type Beside = (name: string) => { readonly said: string; readonly refers?: RefersTo } | undefined;

type Asked = Readonly<Record<string, string>>;

interface At {
  /** Asks a query of the API by ROOM/VERB. */
  readonly ask: (path: string, given: Asked) => Promise<unknown>;
  /** A figure in a unit, as its face writes it. */
  readonly figure: (value: number, unit: string) => string;
  readonly beside: Beside;
  /** What is written so far, where the list is too long to be shown whole. */
  readonly begins?: string;
}

/** More of them than this are found by writing how they begin. */
const OPTIONS_MAX = 200;

/** What may be chosen at a field: the names it refers to that fit what the rest of the form says. */
export async function choicesFor(refers: RefersTo, at: At): Promise<Choices> {
  const given = await filterOf(refers, at);
  if ("waitsFor" in given) return { options: [], more: false, waitsFor: given.waitsFor };
  const after = at.begins ? { after: justBefore(at.begins) } : {};
  const { things, more } = await thingsOf(refers, { ...given.filter, ...after }, at);
  const fits = await fitting(refers, at);
  const among = refers.among && (await choicesFor(refers.among, at)).options.map((o) => o.value);
  const options = new Map<string, string>();
  for (const thing of things.filter(fits))
    for (const value of valuesAt(thing, refers.value))
      if (!refers.except?.includes(value) && (among?.includes(value) ?? true))
        options.set(value, labelOf(refers, thing, value, at.figure));
  return {
    options: [...options]
      .map(([value, label]) => ({ value, label }))
      .filter(({ value }) => value.startsWith(at.begins ?? "")),
    more,
  };
}

/** The names of the fields that decide what may be chosen. */
export const dependsOn = ({ filter = {}, fits = {}, among }: RefersTo): readonly string[] => [
  ...[...Object.values(filter), ...Object.values(fits)]
    .flat()
    .flatMap((wanted) => (typeof wanted === "object" ? [wanted.field] : [])),
  ...(among ? dependsOn(among) : []),
];

async function filterOf({ filter = {}, items }: RefersTo, at: At) {
  const asked: Record<string, string> = {};
  for (const [name, wanted] of Object.entries(filter)) {
    const [value] = await saidBy(wanted, at);
    if (typeof value === "string") asked[name] = value;
    // A record whose parts are chosen among must be named first.
    else if (items !== undefined) return { waitsFor: typeof wanted === "object" ? wanted.field : name };
  }
  return { filter: asked };
}

async function fitting({ fits = {} }: RefersTo, at: At): Promise<(thing: unknown) => boolean> {
  const asked: (readonly [string, readonly (string | true)[]])[] = [];
  for (const [member, wanted] of Object.entries(fits)) {
    const values = (await Promise.all([wanted].flat().map((one) => saidBy(one as Wanted, at)))).flat();
    if (values.length > 0) asked.push([member, values]);
  }
  return (thing) =>
    asked.every(([member, values]) => {
      const held = member.split("|").flatMap((path) => valuesAt(thing, path));
      return values.includes(true) ? held.length > 0 : held.some((value) => values.includes(value));
    });
}

/** What is wanted, as far as the form says it yet. */
async function saidBy(wanted: Wanted, at: At): Promise<readonly (string | true)[]> {
  if (typeof wanted !== "object") return [wanted];
  const { field, member }: FieldValue = wanted;
  const found = at.beside(field);
  if (!found || found.said === "") return [];
  if (member === undefined) return [found.said];
  return found.refers ? valuesAt(await named(found.refers, found.said, at), member) : [];
}

/** The thing of that name; what is not on the books holds nothing. */
async function named(refers: RefersTo, name: string, at: At): Promise<unknown> {
  const { room, one } = refers;
  if (one) return at.ask(`${room}/${one.verb}`, { [one.field]: name }).catch(() => undefined);
  const { things } = await thingsOf(refers, {}, at);
  return things.find((thing) => valuesAt(thing, refers.value).includes(name));
}

async function thingsOf({ room, verb, items = "items" }: RefersTo, given: Asked, { ask }: At) {
  const things: unknown[] = [];
  let next: Asked = {};
  do {
    const answer = (await ask(`${room}/${verb}`, { ...given, ...next })) as Readonly<Record<string, unknown>>;
    things.push(...((answer[items] as readonly unknown[] | undefined) ?? []));
    if (answer["next"] === undefined) return { things, more: false };
    next = { after: String(answer["next"]) };
  } while (things.length < OPTIONS_MAX);
  return { things, more: true };
}

/** All that stands at a path: of a list each element, of an object that ends it each name. */
function valuesAt(thing: unknown, path: string): readonly string[] {
  const ends = path
    .split(".")
    .reduce<readonly unknown[]>((held, step) => held.flatMap((one) => asObject(one)[step] ?? []), [thing]);
  return ends.flatMap((end) => (typeof end === "object" && end !== null ? Object.keys(end) : [String(end)]));
}

function labelOf(
  { label, shows = [] }: RefersTo,
  thing: unknown,
  value: string,
  figure: At["figure"],
): string {
  const beside = shows.flatMap((show) => {
    const { member, unit, says }: Shown = typeof show === "string" ? { member: show } : show;
    return valuesAt(thing, member).map((text) => {
      const read = unit === undefined ? text.replaceAll("_", " ") : figure(Number(text), unit);
      return says === undefined ? read : `${says} ${read}`;
    });
  });
  const said = (label && valuesAt(thing, label)[0]) ?? value;
  return (beside[0]?.startsWith(said) ? beside : [said, ...beside]).join(", ");
}

const asObject = (value: unknown) =>
  (typeof value === "object" && value !== null ? value : {}) as Readonly<Record<string, unknown>>;

/** The last text before all that begin with `prefix`: lists are in the order of their names. */
const justBefore = (prefix: string): string => {
  const last = prefix.charCodeAt(prefix.length - 1);
  return prefix.slice(0, -1) + (last > 0x20 ? `${String.fromCharCode(last - 1)}\u{10ffff}` : "");
};
