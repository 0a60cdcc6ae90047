import { z } from "zod";
import { CompartmentId } from "../../contract/compartment-id.ts";
import { PageOf } from "../../contract/fields.ts";
import { done } from "../../quantity/index.ts";
import { everyRecord } from "../core/pages.ts";
import type { Page, QueryPorts } from "../core/ports.ts";
import type { CompartmentRead, ReadCount } from "../core/reads-kept.ts";
import { query } from "../core/use-case.ts";
import { partyShown, whoAudits } from "./who-audits.ts";

const Since = z.iso.date().optional().describe("from this day on");

export const reads = query({
  room: "trust",
  verb: "reads",
  summary:
    "How often who was told what of the books: by day, query and who, for administrators and auditors; nothing of what was told.",
  input: z.strictObject({ since: Since, ...PageOf }),
  example: { limit: 50 },
  async answer(ports, { since, after, limit }) {
    const shown = whoAudits("trust reads", ports.asker);
    if (!shown.ok) return shown;
    const none: Page<ReadCount> = { items: [] };
    const asked = { ...askedFor({ since, after, limit }), ...partyShown(shown.value) };
    return done((await ports.reads?.counts(asked)) ?? none);
  },
});

export const compartmentReads = query({
  room: "trust",
  verb: "compartment-reads",
  summary:
    "Every answer that told something of a compartment: when, to whom and by which query, for administrators who are in it.",
  input: z.strictObject({
    compartment: CompartmentId().optional().describe("of this one alone"),
    since: Since,
    ...PageOf,
  }),
  example: { limit: 50 },
  async answer(ports, { compartment, since, after, limit }) {
    const shown = whoAudits("trust compartment-reads", ports.asker);
    if (!shown.ok) return shown;
    const none: Page<CompartmentRead> = { items: [] };
    const known = await compartmentsShown(ports);
    const compartments = known.filter((one) => compartment === undefined || one === compartment);
    if (compartments.length === 0) return done(none);
    const asked = { ...askedFor({ since, after, limit }), ...partyShown(shown.value), compartments };
    return done((await ports.reads?.ofCompartments(asked)) ?? none);
  },
});

interface Paged {
  readonly limit: number;
  readonly since: string | undefined;
  readonly after: string | undefined;
}

const askedFor = ({ limit, since, after }: Paged) => ({
  limit,
  ...(since === undefined ? {} : { since }),
  ...(after === undefined ? {} : { after }),
});

/** Those whose reads somebody is told of: the machine's owner all, an administrator those that they are in, an auditor none (Z103). */
async function compartmentsShown({ store, asker }: QueryPorts): Promise<readonly string[]> {
  if (asker === undefined) return [];
  // As the books are seen, so that what is told by this is noted too.
  const seen = (await everyRecord(store, "compartment")).map(({ compartment }) => compartment);
  if (asker === "owner") return seen;
  const { role, compartments = [] } = asker;
  return role === "administrator" ? seen.filter((one) => compartments.includes(one)) : [];
}
