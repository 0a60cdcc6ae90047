import { z } from "zod";
import { Instant, PageOf, Text } from "../../contract/fields.ts";
import { NewOrMadeId } from "../../contract/identifiers.ts";
import { ApprovalId } from "../../contract/trust-identifiers.ts";
import { digestOf, done, refuse, refusedAt } from "../../quantity/index.ts";
import {
  type Approval,
  type ApprovalAsked,
  decideApproval,
  decideDecline,
  decideWait,
  isOneAndSame,
  mayGive,
} from "../../trust/index.ts";
import type { Reads } from "../core/concerns.ts";
import { pageOf } from "../core/pages.ts";
import type { Ports } from "../core/ports.ts";
import { groundsOf, partiesOf } from "../core/two.ts";
import { command, query, type Scope } from "../core/use-case.ts";
import { joined, statedApart } from "./proposal-apart.ts";
import { concernedBy, notTheirs, proposed } from "./proposed.ts";

const Whose = { says: "whom the command concerns that is proposed" };
const ofApproval = async ({ approval }: { readonly approval: string }, records: Reads) =>
  concernedBy(records, await records.get("approval", approval));

export const propose = command({
  room: "trust",
  verb: "propose",
  known: true,
  summary:
    "Propose a command that takes two people: it waits until somebody else approves it, and nothing happens before.",
  input: z.strictObject({
    approval: NewOrMadeId("approval"),
    command: z
      .string()
      .regex(/^[a-z]+\/[a-z-]+$/, "is written ROOM/VERB")
      .describe("ROOM/VERB of what takes two, such as certify/revoke"),
    input: z.record(z.string(), z.unknown()).describe("what that takes"),
    why: Text.optional().describe("for who approves it"),
    until: Instant.optional().describe("left out, seven days from now"),
  }),
  example: {
    approval: "V-1",
    command: "trust/register-person",
    input: {
      ...{ person: "recycler-stand-in", party: "sample-recycler", role: "approver", sample: true },
    },
    why: "a second approver for weeks of leave",
  },
  saidApart: (_, first) => (first?.body as ApprovalAsked | undefined)?.consignment,
  concerns: { ...Whose, takes: "two", of: async (input, records) => concernedBy(records, input) },
  async decide(scope, { approval: named, why, until: asked, ...given }) {
    const found = await proposed(scope, given);
    if (!found.ok) return found;
    const notOwn = await notTheirs(scope, found.value);
    if (notOwn) return notOwn;
    const until = decideWait(asked, scope.now);
    if (!until.ok) return until;
    const approval = named ?? scope.newId("V-");
    if (await scope.get("approval", approval))
      return refuse("approval_name_taken", "approval", `${approval} was proposed before`);
    if (found.value.useCase.two?.tried) {
      // What would be refused now is not left to wait for somebody.
      const tried = await found.value.decide({ ...scope, seconded: scope.actor });
      if (!tried.ok) return refusedAt(tried.refusal, `input.${tried.refusal.at}`);
    }
    const { useCase, input } = found.value;
    const consignment = useCase.saidApart?.(input as never);
    const { stated, documents } = statedApart(
      consignment,
      { input: given.input, ...(why === undefined ? {} : { why }) },
      scope.ports.ids,
    );
    const digest = digestOf(
      stated.particulars ? { command: given.command, particulars: stated.particulars } : given,
    );
    const body: ApprovalAsked = {
      ...{ approval, command: given.command, ...stated, digest },
      ...{ party: scope.actor.party, parties: partiesOf(await concernedBy(scope, given)) },
      ...{ by: scope.actor, at: scope.now, until: until.value },
    };
    return done({
      entries: [{ kind: "approval_asked", body }],
      documents,
      answer: { approval, command: given.command, until: until.value },
    });
  },
});

export const approve = command({
  room: "trust",
  verb: "approve",
  known: true,
  summary:
    "Approve what somebody else proposed: it is carried out now, all of it or nothing, on the books as they are.",
  input: z.strictObject({ approval: ApprovalId() }),
  example: { approval: "V-1" },
  concerns: { ...Whose, takes: "two", of: ofApproval },
  async decide(scope, { approval: id }) {
    const approval = await scope.get("approval", id);
    const decided = decideApproval(approval, {
      ...{ id, by: scope.actor, now: scope.now, proposer_left: await hasLeft(scope, approval) },
      grounds: await groundsOf(scope, approval?.parties ?? []),
    });
    if (!decided.ok) return decided;
    const { command: name, by: seconded } = decided.value;
    const found = await proposed(scope, decided.value);
    if (!found.ok) return found;
    const notOwn = await notTheirs(scope, found.value);
    if (notOwn) return notOwn;
    const carried = await found.value.decide({ ...scope, seconded });
    if (!carried.ok) return carried;
    const { entries, answer, documents = [] } = carried.value;
    const body = { approval: id, by: scope.actor, at: scope.now };
    return done({
      entries: [{ kind: "approval_given", body }, ...entries],
      answer: { approval: id, command: name, answer },
      documents,
    });
  },
});

async function hasLeft(scope: Pick<Scope, "get">, approval: Approval | undefined): Promise<boolean> {
  const { person, token } = approval?.by ?? {};
  return (
    (person !== undefined && (await scope.get("person", person))?.ended_at !== undefined) ||
    (token !== undefined && (await scope.get("token", token))?.ended_at !== undefined)
  );
}

export const decline = command({
  room: "trust",
  verb: "decline",
  known: true,
  summary: "Decline what was proposed, or take back what one proposed oneself, with the reason.",
  input: z.strictObject({ approval: ApprovalId(), why: Text }),
  example: { approval: "V-2", why: "it is the wrong drum" },
  concerns: { ...Whose, of: ofApproval },
  async decide(scope, { approval: id, why }) {
    const decided = decideDecline(await scope.get("approval", id), { id, now: scope.now });
    if (!decided.ok) return decided;
    const found = await proposed(scope, decided.value);
    const notOwn = found.ok ? await notTheirs(scope, found.value) : undefined;
    if (notOwn) return notOwn;
    const body = { approval: id, by: scope.actor, at: scope.now, why };
    return done({ entries: [{ kind: "approval_declined", body }], answer: { approval: id, declined: true } });
  },
});

export const approvals = query({
  room: "trust",
  verb: "approvals",
  summary:
    "What waits for a second person, by whom and until when, and what came of the rest; what one may approve oneself.",
  input: z.strictObject({ state: z.enum(["waits", "given", "declined"]).optional(), ...PageOf }),
  example: { limit: 20 },
  async answer(ports, { after, limit, ...filter }) {
    const page = await pageOf(ports, "approval", { after, limit, filter });
    const now = ports.clock.now().toISOString();
    const items = [];
    for (const approval of page.value.items) {
      const lapsed = approval.state === "waits" && approval.until <= now;
      const you_may = approval.state === "waits" && !lapsed ? await mayDo(ports, approval) : null;
      items.push({ ...(await joined(ports.store, approval)), lapsed, you_may });
    }
    return done({ ...page.value, items });
  },
});

/** What who asks may do about it. */
async function mayDo(
  { store, asker }: Pick<Ports, "store" | "asker">,
  { by, command: name, parties }: Approval,
): Promise<"approve" | "take_back" | null> {
  if (asker === undefined || asker === "owner") return null;
  const { role, party } = asker;
  if (isOneAndSame(by, { ...asker, verified: true })) return "take_back";
  const kind = (await store.load("party", party))?.record.kind;
  const may = mayGive(name.replace("/", " "), { role, kind }) === undefined && parties.includes(party);
  return may ? "approve" : null;
}
