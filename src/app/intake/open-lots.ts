import { z } from "zod";
import { Id, Instant, notInFuture } from "../../contract/fields.ts";
import { type Consignment, decideOpening, holdsUp, type Line } from "../../intake/index.ts";
import type { LotOpened } from "../../ledger/index.ts";
import { done, sha256Hex, sum } from "../../quantity/index.ts";
import { everyRecord } from "../pages.ts";
import type { NewEntry } from "../ports.ts";
import { command } from "../use-case.ts";
import { contentsOf } from "./identified.ts";

export const openLots = command({
  room: "intake",
  verb: "open-lots",
  summary:
    "Open the lots of a weighed and read consignment: net mass, expected elements with doubt, and the hold of law 7.",
  input: z.object({ consignment: Id, at: Instant.optional() }),
  example: { consignment: "C-1" },
  async decide(scope, { consignment: id, at }) {
    const when = notInFuture(at, scope.now);
    if (!when.ok) return when;
    const found = await scope.get<Consignment>("consignment", id);
    const streams = decideOpening(found);
    if (!streams.ok) return streams;
    const consignment = found as Consignment;
    const lines = (await everyRecord(scope.store, "line", { consignment: id })) as Line[];
    const seed = Number.parseInt(sha256Hex(id).slice(0, 8), 16);
    const entries: NewEntry[] = [];
    const lots: string[] = [];
    for (const stream of streams.value) {
      const lot = `${id}-${stream === "data_bearing" ? "D" : stream === "other" ? "O" : "M"}`;
      const here = lines.filter(
        (l) => stream === "mixed" || holdsUp(l.data_bearing) === (stream === "data_bearing"),
      );
      const pallets = consignment.pallets.filter((p) => stream === "mixed" || p.stream === stream);
      const { elements_mg } = contentsOf(here, seed);
      const body: LotOpened = {
        lot,
        kind: "devices",
        owner: consignment.owner,
        place: consignment.site,
        at: when.value,
        mass_mg: sum(pallets.map((p) => p.net_mg)),
        elements_mg,
        made_by: id,
        data_from: here.some((l) => holdsUp(l.data_bearing)) ? [id] : [],
        notes: { stream, lines: String(here.length), pallets: String(pallets.length) },
      };
      entries.push({ kind: "lot_opened", body });
      lots.push(lot);
    }
    entries.push({ kind: "consignment_booked", body: { consignment: id, lots, at: when.value } });
    return done({ entries, answer: { consignment: id, lots } });
  },
});
