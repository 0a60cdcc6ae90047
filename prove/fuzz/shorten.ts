import { type Ask, bytesOf } from "./ask.ts";
import { Books } from "./books.ts";
import { Broken } from "./claims.ts";
import type { Stand } from "./stands.ts";
import { changedAt, placesIn, raw, said, type Tree, textIn, textOf } from "./tree.ts";

/** So many shorter ones are tried to shorten one. */
const TRIES = 400;

/** The kind of what is wrong when these are asked one after the other, if anything is. */
export type WrongWith = (asks: readonly Ask[]) => Promise<string | undefined>;

/** On books that stand as the story left them. */
export const wrongOn =
  (stand: Stand): WrongWith =>
  async (asks) => {
    const books = new Books(stand);
    try {
      for (const ask of asks) await books.ask(ask, { twice: true, deep: true });
      await books.close();
      return undefined;
    } catch (cause) {
      return cause instanceof Broken ? cause.kind : String(cause).slice(0, 80);
    }
  };

/** Asks that are wrong in the same way, with as little in them as is found in a bounded number of tries. */
export async function shorten(
  wrongWith: WrongWith,
  asks: readonly Ask[],
  kind: string,
): Promise<readonly Ask[]> {
  let tries = 0;
  let shortest = asks;
  const take = async (shorter: readonly Ask[]): Promise<boolean> => {
    if (tries >= TRIES) return false;
    tries++;
    if ((await wrongWith(shorter)) !== kind) return false;
    shortest = shorter;
    return true;
  };
  if (!(await take(asks))) return asks;
  for (let at = 0; at < shortest.length && shortest.length > 1; )
    if (!(await take(shortest.toSpliced(at, 1)))) at++;
  for (let at = 0; at < shortest.length; at++) await shortenOne(shortest, at, take);
  return shortest;
}

type Take = (shorter: readonly Ask[]) => Promise<boolean>;

async function shortenOne(asks: readonly Ask[], at: number, take: Take): Promise<void> {
  let ask = asks[at] as Ask;
  const tryOne = async (other: Ask): Promise<boolean> => {
    if (!(await take(asks.with(at, other)))) return false;
    ask = other;
    return true;
  };
  if (ask.mangled !== undefined) {
    const { mangled: _, ...whole } = ask;
    if (!(await tryOne(whole))) return shortenBytes(ask, tryOne);
  }
  for (let moved = true; moved; ) {
    moved = false;
    for (const { way, tree } of placesIn(ask.input)) {
      for (const smaller of smallerThan(tree)) {
        const input = changedAt(ask.input, way, () => smaller);
        if (textOf(input).length < textOf(ask.input).length && (await tryOne({ ...ask, input }))) {
          moved = true;
          break;
        }
      }
      if (moved) break;
    }
  }
}

/** Nothing, then less of it. */
function* smallerThan(tree: Tree): Generator<Tree | undefined> {
  yield undefined;
  const text = textIn(tree);
  if (text !== undefined) {
    for (
      let part = Math.ceil(text.length / 2);
      part >= 1 && text.length > 1;
      part = part === 1 ? 0 : part >> 1
    ) {
      yield said(text.slice(part));
      yield said(text.slice(0, -part));
    }
  } else if (tree.is === "scalar" && tree.text.length > 40)
    yield raw(tree.text.slice(0, tree.text.length >> 1));
}

async function shortenBytes(ask: Ask, tryOne: (other: Ask) => Promise<boolean>): Promise<void> {
  let text = bytesOf(ask);
  for (let part = text.length >> 1; part >= 1; part >>= 1) {
    for (let at = 0; at < text.length; ) {
      const mangled = text.slice(0, at) + text.slice(at + part);
      if (await tryOne({ ...ask, mangled })) text = mangled;
      else at += part;
    }
  }
}
