import { z } from "zod";
import { PageOf, Text } from "../../contract/fields.ts";
import {
  DEVICE_CLASSES,
  type DeviceClass,
  identifyLine,
  type Taught,
  type Wording,
  wordingKey,
} from "../../identify/index.ts";
import { done, refuse } from "../../quantity/index.ts";
import { FIRMS } from "../core/concerns.ts";
import { everyRecord, pageOf } from "../core/pages.ts";
import type { LedgerStore, NewEntry } from "../core/ports.ts";
import { command, query } from "../core/use-case.ts";
import { tagsOf, type YearKeys, yearKeys } from "../core/year-keys.ts";

/** What everybody has stated so far, by wording. One that was learned of a customer's line stands as its tag (intake N56). */
export async function taughtWordings(store: Pick<LedgerStore, "list" | "document">): Promise<Taught> {
  const all = await everyRecord(store, "wording");
  return new Wordings(all, await yearKeys(store));
}

class Wordings extends Map<string, DeviceClass> {
  private readonly stated_at: ReadonlyMap<string, string>;
  private readonly years: YearKeys;

  constructor(all: readonly Wording[], keys: YearKeys) {
    super(all.map((of) => [of.wording, of.class]));
    this.stated_at = new Map(all.map((of) => [of.wording, of.at]));
    this.years = keys;
  }

  /** The last word on a wording counts, in whichever form it stands. */
  override get(wording: string): DeviceClass | undefined {
    let newest: string | undefined;
    for (const name of [wording, ...tagsOf(this.years, wording)])
      if (this.has(name) && (newest === undefined || this.at(name) > this.at(newest))) newest = name;
    return newest === undefined ? undefined : super.get(newest);
  }

  private at(name: string): string {
    return this.stated_at.get(name) ?? "";
  }
}

/** The entry by which a line's wording is learned; none for a line whose words name nothing. */
export function teaching(given: {
  readonly line: string;
  readonly class: DeviceClass;
  readonly why: string;
  readonly at: string;
}): NewEntry[] {
  const wording = wordingKey(given.line);
  return wording === null ? [] : [{ kind: "wording_taught", body: { wording, ...given } }];
}

export const correct = command({
  room: "identify",
  verb: "correct",
  summary:
    "Say what a line is: lines of the same wording are read so from then on, here and in manifests of any consignment.",
  input: z.strictObject({
    line: z.string().trim().min(1).max(2000).describe("the line as it stands in the manifest"),
    class: z.enum(DEVICE_CLASSES),
    why: Text,
  }),
  example: { line: "QTY 4 Kestrel KX-200", class: "set_top_box" as const, why: "opened: a receiver" },
  concerns: { says: "any recycler or refiner", of: async () => ({ kinds: FIRMS }) },
  async decide(scope, { line, class: kind, why }) {
    const wording = wordingKey(line);
    if (wording === null)
      return refuse("wording_empty", "line", "no words are left that could name a device, or too many");
    const before = await scope.get("wording", wording);
    if (before?.class === kind)
      return refuse("nothing_changed", "class", `"${before.line}" was already said to be ${kind}`);
    const read = identifyLine(line);
    const body = { line, class: kind, why, at: scope.now };
    return done({
      entries: teaching(body),
      answer: { wording, class: kind, before: before?.class ?? read.class, p_before: before ? 1 : read.p },
    });
  },
});

export const wordings = query({
  room: "identify",
  verb: "wordings",
  summary: "Wordings whose class somebody stated, a page at a time.",
  input: z.strictObject(PageOf),
  example: { limit: 100 },
  async answer(ports, input) {
    return pageOf(ports, "wording", input);
  },
});
