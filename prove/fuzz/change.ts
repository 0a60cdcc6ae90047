import type { Chance } from "../../test/histories/chance.ts";
import { changedFile } from "./files.ts";
import { anotherField, fromSchema, type Schema, schemaAt } from "./from-schema.ts";
import { MASSES, NAMES, NUMBERS, TEXTS, TIMES } from "./hostile.ts";
import type { Known } from "./known.ts";
import {
  changedAt,
  fields,
  list,
  type Place,
  placesIn,
  raw,
  said,
  type Tree,
  textIn,
  treeOf,
} from "./tree.ts";

export interface By {
  readonly dice: Chance;
  readonly known: Known;
  readonly schema: Schema;
}

/** Long, longer, and as much as a field of a file may hold; the longest are rare. */
const LENGTHS = [65, 201, 2001, 10_001, 120_000];
const DEPTHS = [20, 99, 101, 3000];
/** Of two lists in a list the product is bounded too. */
const COPIES = [2, 11, 201, 1001];
const TEXT_WITH_TIME = /^\d{4}-\d\d/;
const TEXT_WITH_UNIT = /^-?[\d.]+ ?[a-zµ%]+$/i;

/** The input with one of its values a little different: of things that exist, another; a new name; more or less of it. */
export function changedALittle(tree: Tree, by: By): Tree {
  const { dice, known } = by;
  const values = placesIn(tree).filter((place) => place.tree.is === "scalar");
  const place = dice.some(values);
  if (!place) return tree;
  return changedAt(tree, place.way, (was) => {
    const text = textIn(was);
    const heard = known.of(dice, place.name);
    if (heard !== undefined && dice.odds(0.5)) return treeOf(heard);
    if (text === undefined)
      return treeOf(
        Number((Number(was.is === "scalar" && was.text) * (0.5 + dice.uniform())).toPrecision(3)),
      );
    const more = text.replace(/\d+(?:\.\d+)?/, (digits) =>
      String(Number((Number(digits) * (0.5 + dice.uniform())).toPrecision(3))),
    );
    return said(/[ :]/.test(text) ? more : `${text}-${dice.whole(1, 999)}`);
  });
}

/** The input with one of its parts changed. */
export function changed(tree: Tree, by: By): Tree {
  const place = by.dice.pick(placesIn(tree));
  return changedAt(tree, place.way, (was) => otherThan(was, place, by));
}

function otherThan(was: Tree, place: Place, by: By): Tree | undefined {
  const { dice } = by;
  if (dice.odds(0.06)) return undefined;
  if (dice.odds(0.06)) return ofAnotherSort(dice);
  if (dice.odds(0.15)) return existing(place, by);
  if (was.is === "list") return otherList(was, dice);
  if (was.is === "fields") return otherFields(was, place, by);
  const text = textIn(was);
  return text === undefined ? otherNumber(was.text, dice) : otherText(text, dice);
}

/** What stands elsewhere under this name, or what the schema has for it. */
function existing({ name, names }: Place, by: By): Tree {
  const { dice, known, schema } = by;
  const heard = known.of(dice, name);
  if (heard !== undefined && dice.odds(0.7)) return treeOf(heard);
  const here = schemaAt(schema, names);
  return here ? fromSchema(here, name, by) : said(known.word(dice));
}

function ofAnotherSort(dice: Chance): Tree {
  const depth = dice.pick(DEPTHS);
  return dice.pick<() => Tree>([
    () => raw(dice.pick(NUMBERS)),
    () => said(dice.pick(TEXTS)),
    () => list([]),
    () => fields([]),
    () => fields([[dice.pick(NAMES), raw("1")]]),
    () => list([raw("null")]),
    () => raw("null"),
    () => raw("true"),
    () => raw("[".repeat(depth) + "]".repeat(depth)),
    () => raw(`${'{"a":'.repeat(depth)}1${"}".repeat(depth)}`),
  ])();
}

function otherList({ items }: Tree & { is: "list" }, dice: Chance): Tree {
  const copies = dice.odds(0.05) ? dice.pick(COPIES) : 2;
  return dice.pick<() => Tree>([
    () => list([]),
    () => list([...items].reverse()),
    () => list([...items, ...items.slice(0, 1)]),
    () => list(items.slice(1)),
    () =>
      list(
        Array.from({ length: copies }, () => items)
          .flat()
          .slice(0, 5000),
      ),
    () => list([...items, raw("null")]),
    () => list([list(items)]),
    () => items[0] ?? raw("null"),
    () => fields(items.map((item, i) => [String(i), item] as const)),
  ])();
}

function otherFields({ fields: named }: Tree & { is: "fields" }, { names }: Place, by: By): Tree {
  const { dice, known, schema } = by;
  const at = dice.whole(0, Math.max(0, named.length - 1));
  const [name = "a", value = raw("1")] = named[at] ?? [];
  const further = anotherField(schema, names, by);
  return dice.pick<() => Tree>([
    () => fields(named.toSpliced(at, 1)),
    () => fields(further ? [...named.filter(([other]) => other !== further[0]), further] : named),
    () => fields(further ? [...named.filter(([other]) => other !== further[0]), further] : named),
    () => fields([...named, [name, value]]),
    () => fields([...named, [dice.pick(NAMES), value]]),
    () => fields([...named, [dice.pick(NAMES), said(dice.pick(TEXTS))]]),
    () => fields(named.toSpliced(at, 1, [dice.pick(NAMES), value])),
    () => fields(named.toSpliced(at, 1, [`${name}x`, value])),
    () => fields([...named, [dice.pick(["note", "_why"]), said(dice.pick(TEXTS))]]),
    () => fields([...named].reverse()),
    () => fields(named.toSpliced(at, 1, [known.word(dice), value])),
    () => list([fields(named)]),
  ])();
}

function otherNumber(text: string, dice: Chance): Tree {
  const value = Number(text);
  return dice.pick<() => Tree>([
    () => raw(dice.pick(NUMBERS)),
    () => raw(dice.pick(NUMBERS)),
    () => said(text),
    () => treeOf(-value),
    () => treeOf(value + 1),
    () => treeOf(value * dice.pick([1e-9, 1e-3, 0.5, 0.999, 1.001, 2, 1e3, 1e9])),
  ])();
}

/** A text in the place of another: of its own sort half of the time. */
function otherText(text: string, dice: Chance): Tree {
  if (text.includes("\n") && dice.odds(0.9)) return said(changedFile(text, dice));
  if (TEXT_WITH_TIME.test(text) && dice.odds(0.5)) return said(dice.pick(TIMES));
  if (TEXT_WITH_UNIT.test(text) && dice.odds(0.5)) return said(dice.pick(MASSES));
  const at = dice.whole(0, text.length);
  const odd = dice.pick(TEXTS);
  return dice.pick<() => Tree>([
    () => said(odd),
    () => said(dice.pick(NAMES)),
    () => said(dice.pick(dice.odds(0.5) ? MASSES : TIMES)),
    () => said(text.slice(0, at) + odd + text.slice(at)),
    () => said(text.slice(0, at) + odd + text.slice(at)),
    () => said(`${text}X`),
    () => said(`${text}-${dice.whole(1, 99)}`),
    () => said(text.slice(0, at)),
    () => said(dice.odds(0.5) ? text.toUpperCase() : text.toLowerCase()),
    () => said(`${text.slice(0, 20)} ${dice.pick(NAMES)}`),
    () => said(text.replace(/\d+/, (digits) => dice.pick(["-", "0", "00", "1e", ""]) + digits)),
    () => raw(text.slice(0, 40)),
    () => raw(dice.pick(NUMBERS)),
    () => said((text || "x").repeat(Math.ceil(dice.pick(LENGTHS) / (text.length || 1)))),
  ])();
}
