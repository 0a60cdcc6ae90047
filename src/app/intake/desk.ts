import { z } from "zod";
import { Instant } from "../../contract/fields.ts";
import { PartyId, SiteId, titled } from "../../contract/identifiers.ts";
import { done } from "../../quantity/index.ts";
import { type Kept, recordCacheOf } from "../core/record-cache.ts";
import { query } from "../core/use-case.ts";

/** Shared with the overview, so that they are remembered once. */
export const CONSIGNMENTS: Kept<"consignment"> = {
  collection: "consignment",
  keep: (consignment) => consignment,
};

/** What an intake lead looks at in the morning: what arrived, what must still be destroyed, which rows nobody has settled. */
export const desk = query({
  room: "intake",
  verb: "desk",
  summary:
    "What arrived since an instant, devices that still need destruction and rows nobody has settled, by consignment.",
  input: z.strictObject({
    since: titled(Instant, "since").optional(),
    site: SiteId().optional(),
    owner: PartyId().optional(),
  }),
  example: { since: "2026-03-01T00:00:00Z" },
  async answer({ store, clock }, { since, site, owner }) {
    const from = new Date(since ?? `${clock.now().toISOString().slice(0, 10)}T00:00:00Z`).toISOString();
    const all = (await recordCacheOf(store, CONSIGNMENTS).read()).filter(
      (c) => (site ?? c.site) === c.site && (owner ?? c.owner) === c.owner,
    );
    const named = all.map(({ consignment, from_name, from_zip, site: centre, at, state, ...counts }) => ({
      consignment,
      from: from_name ?? from_zip,
      site: centre,
      at,
      state,
      open_devices: counts.open_devices,
      unresolved_rows: counts.unresolved_rows,
    }));
    const oldest = named.toSorted((a, b) => (a.at < b.at ? -1 : 1));
    return done({
      since: from,
      ...(oldest.length > 0 ? { last: oldest.at(-1) } : {}),
      arrived: oldest.filter((c) => c.at >= from),
      to_destroy: oldest.filter((c) => c.open_devices > 0),
      to_settle: oldest.filter((c) => c.unresolved_rows > 0),
      open_devices: named.reduce((sum, c) => sum + c.open_devices, 0),
      unresolved_rows: named.reduce((sum, c) => sum + c.unresolved_rows, 0),
    });
  },
});
