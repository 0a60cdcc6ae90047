import type { Context } from "hono";
import { z } from "zod";
import { everyRecord } from "../../app/core/pages.ts";
import { endWaysIn } from "../../app/trust/erasure.ts";
import { isFirst, takeFirst } from "../../app/trust/first.ts";
import { invitedBy, takeInvitation } from "../../app/trust/taking.ts";
import { Id, Text } from "../../contract/fields.ts";
import { done, refuse } from "../../quantity/index.ts";
import { digestOfBearer } from "../../trust/index.ts";
import { json } from "../json.ts";
import { problem } from "../problem.ts";
import { deviceIn } from "./device.ts";
import { askToMake, MadePasskey, nameAsked, verifyMade } from "./passkey-ceremony.ts";
import { beginPassword, NewPassword, readyPassword, setPassword } from "./password-setup.ts";
import { readAnd } from "./read-and.ts";
import { tooManyTries } from "./tries.ts";
import { type Given, Login, letIn } from "./ways-in.ts";

const Link = z.string().min(1).max(200);
const PersonName = z.string().trim().min(1).max(100);
export const ProfileAsked = { name: PersonName, mail: z.email().max(200).optional() };

/** Whose administrator the first one is: a party on the books, or one that is registered with them. */
const FirstParty = z.strictObject({
  party: Id,
  name: Text.optional(),
  kind: z.enum(["recycler", "refiner", "laboratory", "carrier", "buyer", "customer", "auditor"]).optional(),
});
const Arriving = { link: Link, ...ProfileAsked, first: FirstParty.optional() };
type Arriving = z.infer<z.ZodObject<typeof Arriving>>;

const JOIN = "join";

/** What a link is for: an invitation, or the first administrator. */
async function linked({ ports }: Given["face"], link: string) {
  const invited = await invitedBy(ports, link);
  if (invited.ok) {
    const { id, party, role } = invited.value.person.record;
    return done({ first: false as const, person: id, party, role });
  }
  if (invited.refusal.code !== "invitation_unknown" || !(await isFirst(ports, link))) return invited;
  return done({ first: true as const, role: "administrator" });
}

/** Whoever opened the link is there from now on, and everything before it is no way in any more. */
async function arrive({ face }: Given, { link, first }: Arriving) {
  const { ports } = face;
  const found = await linked(face, link);
  if (!found.ok) return found;
  if (found.value.first && first === undefined)
    return refuse("party_unknown", "first", "say of which party you are the first administrator");
  const arrived =
    found.value.first && first ? await takeFirst(ports, link, first) : await takeInvitation(ports, link);
  if (!arrived.ok) return arrived;
  const { person: id, party, role } = arrived.value;
  await endWaysIn(ports, id);
  return done({ id, party, role });
}

type Linked = Extract<Awaited<ReturnType<typeof linked>>, { ok: true }>["value"];

/** Reads, counts the try, and asks what the link is for, before anything else is looked at. */
function opening({ face }: Given) {
  return <I extends { readonly link: string }>(
    c: Context,
    schema: z.ZodType<I>,
    answer: (input: I, link: Linked) => Promise<Response>,
  ) =>
    readAnd(c, face, schema, async (input) => {
      const stopped = await tooManyTries(c, face);
      if (stopped) return stopped;
      const found = await linked(face, input.link);
      return found.ok ? answer(input, found.value) : problem(c, found.refusal);
    });
}

/** Who arrived is called what they said, and signed in. */
async function finish(
  c: Context,
  given: Given,
  { who, asked, more = {} }: { who: Parameters<typeof letIn>[2]; asked: Arriving; more?: object },
) {
  const { name, mail } = asked;
  await given.people.profiles.keep({ person: who.id, name, ...(mail === undefined ? {} : { mail }) });
  return json(c, { ...(await letIn(c, given, who)), ...more });
}

/** A link is opened: who it is for makes a way in, and is signed in. */
export function addJoinRoutes(given: Given): void {
  const { app, face } = given;
  app.post("/api/auth/join", (c) =>
    opening(given)(c, z.strictObject({ link: Link }), async (_, link) => {
      if (!link.first) return json(c, { ...link, party_name: await partyName(given, link.party) });
      const parties = await everyRecord(face.ports.store, "party");
      return json(c, { ...link, parties: parties.map(({ id, name }) => ({ party: id, name })) });
    }),
  );
  addJoinByPasskey(given);
  addJoinByPassword(given);
}

function addJoinByPasskey(given: Given): void {
  const { app, face, people } = given;
  const { clock } = face.ports;
  app.post("/api/auth/join/passkey/begin", (c) =>
    opening(given)(c, z.strictObject({ link: Link, name: PersonName }), async ({ link, name }, found) => {
      const where = nameAsked(c);
      if (!where.ok) return problem(c, where.refusal);
      const handle = found.first ? link : found.person;
      const asking = { purpose: JOIN, body: { link: digestOfBearer(link) }, now: clock.now() };
      const making = { under: where.value.name, handle, called: name, known: [] };
      return json(c, await askToMake(people, { ...asking, ...making }));
    }),
  );
  app.post("/api/auth/join/passkey", (c) =>
    opening(given)(c, z.strictObject({ ...Arriving, response: MadePasskey }), async (asked) => {
      const where = nameAsked(c);
      if (!where.ok) return problem(c, where.refusal);
      const now = clock.now();
      const made = await verifyMade(people, asked.response, { purpose: JOIN, where: where.value, now });
      if (!made.ok) return problem(c, made.refusal);
      if (made.value.asked.body["link"] !== digestOfBearer(asked.link))
        return problem(c, refuse("challenge_over", "response", "this was asked for another link").refusal);
      const who = await arrive(given, asked);
      if (!who.ok) return problem(c, who.refusal);
      await people.ways.addPasskey({
        ...{ ...made.value.passkey, person: who.value.id, made_at: now.toISOString() },
        device: deviceIn(c.req.header("user-agent")),
      });
      return finish(c, given, { who: who.value, asked });
    }),
  );
}

function addJoinByPassword(given: Given): void {
  const { app, face, people } = given;
  app.post("/api/auth/join/password/begin", (c) =>
    opening(given)(c, z.strictObject({ link: Link, login: Login }), async ({ link, login }) =>
      json(c, await beginPassword(face, people, { for: digestOfBearer(link), login })),
    ),
  );
  app.post("/api/auth/join/password", (c) =>
    opening(given)(c, z.strictObject({ ...Arriving, ...NewPassword }), async (asked, found) => {
      const person = found.first ? undefined : found.person;
      const ready = await readyPassword(face, people, { for: digestOfBearer(asked.link), person, asked });
      if (!ready.ok) return problem(c, ready.refusal);
      const who = await arrive(given, asked);
      if (!who.ok) return problem(c, who.refusal);
      const set = await setPassword(face, people, { person: who.value.id, ready: ready.value });
      if (!set.ok) return problem(c, set.refusal);
      return finish(c, given, { who: who.value, asked, more: { recovery_codes: set.value } });
    }),
  );
}

const partyName = async ({ face: { ports } }: Given, party: string) =>
  (await ports.store.load("party", party))?.record.name ?? party;
