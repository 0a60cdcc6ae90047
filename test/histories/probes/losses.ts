import type { Auditor } from "../auditor/index.ts";
import type { SeenLot } from "../auditor/seen.ts";
import type { Books } from "../books.ts";
import { firmAt, scaleAt } from "../firms.ts";
import { mg } from "../move.ts";
import { must } from "../red.ts";
import { by } from "../teller.ts";
import { copied, type Probe } from "./probe.ts";

const isTaken = ({ taken }: SeenLot): boolean => taken.claimed.size + taken.promised.size > 0;

/** Somebody says that a drum was spilt which a passport describes or an order waits for: that first ends, or the drum stays. */
async function staysHere(books: Books, auditor: Auditor, known: Map<string, string>): Promise<void> {
  for (const [id, lot] of auditor.seen.lots) {
    const state = JSON.stringify([lot.mass, [...lot.taken.claimed], [...lot.taken.promised]]);
    if (lot.state !== "on_hand" || lot.mass <= 0 || !isTaken(lot)) continue;
    if (known.get(`loss ${id}`) === state) continue;
    known.set(`loss ${id}`, state);
    const copy = copied(books, auditor);
    const losses = [
      { place: "a friend's", mass: mg(lot.mass), scale: scaleAt(lot.place), content: { by: "share" } },
    ];
    const { code, why } = await copy.ask(
      "prepare step",
      { kind: "split", site: lot.place, inputs: [{ lot: id }], outputs: [], losses },
      by(`operator@${firmAt(lot.place)}`),
    );
    must(
      code === "already_promised",
      "what a passport describes or an order waits for does not leave as a loss",
      () => `${id}: ${code}: ${why}`,
    );
  }
}

export const LOSSES: Probe = {
  name: "losses",
  after: /^(?:passport_|order_|allocation_|step_)/,
  try: staysHere,
};
