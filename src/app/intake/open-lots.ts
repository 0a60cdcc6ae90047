import { z } from "zod";
import { Instant, notInFuture } from "../../contract/fields.ts";
import { ConsignmentId } from "../../contract/identifiers.ts";
import {
  beforeItCame,
  type Consignment,
  decideOpening,
  type Opening,
  type Pallet,
} from "../../intake/index.ts";
import type { LotOpened } from "../../ledger/index.ts";
import { asOneReading, done, type Measured, sha256Hex, sum } from "../../quantity/index.ts";
import { everyRecord } from "../core/pages.ts";
import type { NewEntry } from "../core/ports.ts";
import { command, type Scope } from "../core/use-case.ts";
import { ofConsignment } from "../core/whose.ts";
import { contentsOf } from "./identified.ts";
import { withParticulars } from "./particulars.ts";

const LETTER = { data_bearing: "D", other: "O", mixed: "M" } as const;

/** The same consignment is always drawn with the same random numbers (law 6). */
export const seedOf = (consignment: string): number =>
  Number.parseInt(sha256Hex(consignment).slice(0, 8), 16);

export const openLots = command({
  room: "intake",
  verb: "open-lots",
  summary:
    "Open the lots of a weighed and read consignment: net mass, expected elements with doubt, and the hold of law 7.",
  input: z.strictObject({ consignment: ConsignmentId(), at: Instant.optional() }),
  example: { consignment: "C-1" },
  concerns: {
    says: "the owner of the consignment, or the party of the centre that took it in",
    of: async (input, records) => ofConsignment(records, input),
  },
  async decide(scope, { consignment: id, at }) {
    const when = notInFuture(at, scope.now);
    if (!when.ok) return when;
    const consignment = await scope.get("consignment", id);
    // The lines are not remembered one by one: whoever adds or corrects one also writes the consignment, which is.
    const kept = await everyRecord(scope.store, "line", { where: { consignment: id } });
    const lines = await withParticulars(scope.store, kept);
    const openings = decideOpening(consignment, lines);
    if (!openings.ok) return openings;
    const { manifests } = consignment as Consignment;
    const early = beforeItCame(
      consignment as Consignment,
      when.value,
      manifests.map((manifest) => manifest.at),
    );
    if (early) return early;
    const entries: NewEntry[] = [];
    for (const opening of openings.value) {
      const lot = await freeName(scope, id, LETTER[opening.stream]);
      entries.push({
        kind: "lot_opened",
        body: lotOf(consignment as Consignment, { ...opening, lot }, when.value),
      });
    }
    const lots = entries.map((e) => (e.body as LotOpened).lot);
    entries.push({ kind: "consignment_booked", body: { consignment: id, lots, at: when.value } });
    const { open_devices, unresolved_rows } = consignment as Consignment;
    return done({ entries, answer: { consignment: id, lots, open_devices, unresolved_rows } });
  },
});

/** Its own name, or where another lot has that, the next: nothing on the books is written over, and nothing that came waits for a name. */
async function freeName(scope: Scope, consignment: string, letter: string): Promise<string> {
  for (let nth = 1; ; nth++) {
    const end = nth === 1 ? `-${letter}` : `-${letter}-${nth}`;
    const name = `${consignment.slice(0, NAME_MAX - end.length)}${end}`;
    if (!(await scope.get("lot", name))) return name;
  }
}

/** A longer one is no name that a command could be given. */
const NAME_MAX = 64;

function lotOf(consignment: Consignment, opening: Opening & { readonly lot: string }, at: string): LotOpened {
  const { consignment: id, owner, site, unresolved_rows } = consignment;
  const { lot, stream, pallets, lines, data } = opening;
  const { elements_mg, not_counted } = contentsOf(lines, seedOf(id));
  return {
    lot,
    kind: "devices",
    owner,
    place: site,
    at,
    mass_mg: netMass(pallets, lot),
    elements_mg,
    made_by: id,
    data_from: data ? [id] : [],
    notes: {
      stream,
      lines: String(lines.length),
      pallets: String(pallets.length),
      pieces_not_counted: String(not_counted),
      unresolved_rows: String(unresolved_rows),
    },
  };
}

/** Net weights of pallets; no other lot holds them, so their weighings are one reading of it from now on. */
const netMass = (pallets: readonly Pallet[], lot: string): Measured =>
  asOneReading(sum(pallets.map((p) => p.net_mg)), lot);
