import { z } from "zod";
import { PageOf } from "../../contract/fields.ts";
import { done } from "../../quantity/index.ts";
import type { RefusalCount } from "../core/refusals-kept.ts";
import { query } from "../core/use-case.ts";
import { partyShown, whoAudits } from "./who-audits.ts";

export const refusals = query({
  room: "trust",
  verb: "refusals",
  summary:
    "How often who asked was turned away (not_allowed, not_signed_in): by day, route and who, for administrators and auditors.",
  input: z.strictObject({ since: z.iso.date().optional().describe("from this day on"), ...PageOf }),
  example: { limit: 50 },
  async answer(ports, { since, after, limit }) {
    const shown = whoAudits("trust refusals", ports.asker);
    if (!shown.ok) return shown;
    const none: { readonly items: readonly RefusalCount[]; readonly next?: string } = { items: [] };
    const asked = {
      ...{ limit, ...partyShown(shown.value) },
      ...(since === undefined ? {} : { since }),
      ...(after === undefined ? {} : { after }),
    };
    return done((await ports.refusals?.page(asked)) ?? none);
  },
});
