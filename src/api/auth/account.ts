import type { Context } from "hono";
import { z } from "zod";
import { done, refuse } from "../../quantity/index.ts";
import { digestOfBearer, ofDirectory, type Person, sampleRefused } from "../../trust/index.ts";
import { json } from "../json.ts";
import { problem } from "../problem.ts";
import { bearerIn } from "../sign-in.ts";
import { newRecoveryCodes, recoveryDigest } from "./codes.ts";
import { deviceIn } from "./device.ts";
import { ProfileAsked } from "./join.ts";
import { askToMake, MadePasskey, nameAsked, verifyMade } from "./passkey-ceremony.ts";
import { beginPassword, NewPassword, readyPassword, setPassword } from "./password-setup.ts";
import { readAnd } from "./read-and.ts";
import { type Given, Login, Nothing } from "./ways-in.ts";

const FRESH_MS = 15 * 60_000;
const ADD = "add";

const NOT_THEMSELVES = refuse(
  "not_signed_in",
  "authorization",
  "an account is looked at by whom it is of, who signed in themselves: not by a token",
);
const AGAIN = refuse(
  "sign_in_again",
  "authorization",
  "ways in are changed within fifteen minutes of signing in: sign out, and in again",
);

/** Whose account it is; `fresh` where somebody who found a device open must not change it. */
async function selfOf(
  c: Context,
  { face: { ports, signIn } }: Given,
  { fresh }: { readonly fresh: boolean },
) {
  const asker = await signIn.asker(c);
  if (!asker.ok) return asker;
  const id = asker.value?.token === undefined ? asker.value?.person : undefined;
  const person = id === undefined ? undefined : (await ports.store.load("person", id))?.record;
  if (!person) return NOT_THEMSELVES;
  if (person.sample) return sampleRefused(person.id);
  const session = await ports.sessions?.find(digestOfBearer(bearerIn(c) ?? ""));
  const age = ports.clock.now().getTime() - Date.parse(session?.began_at ?? "");
  return fresh && !(age < FRESH_MS) ? AGAIN : done(person);
}

/** Adds changes of an account: each by whom it is of, soon after they signed in where it is of a way in. */
function changing(given: Given) {
  return <I>(
    path: string,
    schema: z.ZodType<I>,
    answer: (c: Context, person: string, input: I) => Promise<Response>,
    fresh = true,
  ) =>
    given.app.post(`/api/auth/account/${path}`, (c) =>
      readAnd(c, given.face, schema, async (input) => {
        const self = await selfOf(c, given, { fresh });
        if (!self.ok) return problem(c, self.refusal);
        if (self.value.by_directory) return problem(c, ofDirectory(self.value.id).refusal);
        return answer(c, self.value.id, input);
      }),
    );
}

/** What a person sees and changes of their own ways in. */
export function addAccountRoutes(given: Given): void {
  const { app, people } = given;
  app.get("/api/auth/account", async (c) => {
    const self = await selfOf(c, given, { fresh: false });
    return self.ok ? json(c, await accountOf(given, self.value)) : problem(c, self.refusal);
  });
  changing(given)(
    "profile",
    z.strictObject(ProfileAsked),
    async (c, person, { name, mail }) => {
      await people.profiles.keep({ person, name, ...(mail === undefined ? {} : { mail }) });
      return json(c, { person, name });
    },
    false,
  );
  addPasskeyRoutes(given);
  addPasswordRoutes(given);
}

function addPasskeyRoutes(given: Given): void {
  const { people, face } = given;
  const { clock } = face.ports;
  const changed = changing(given);
  changed("passkey/begin", Nothing, async (c, person) => {
    const where = nameAsked(c);
    if (!where.ok) return problem(c, where.refusal);
    const [known, [profile]] = await Promise.all([
      people.ways.passkeysOf(person),
      people.profiles.of([person]),
    ]);
    const asking = { purpose: ADD, body: { person }, now: clock.now() };
    const called = profile?.name ?? person;
    return json(
      c,
      await askToMake(people, { ...asking, under: where.value.name, handle: person, called, known }),
    );
  });
  changed("passkey", MadePasskey, async (c, person, response) => {
    const where = nameAsked(c);
    if (!where.ok) return problem(c, where.refusal);
    const now = clock.now();
    const made = await verifyMade(people, response, { purpose: ADD, where: where.value, now });
    if (!made.ok) return problem(c, made.refusal);
    if (made.value.asked.body["person"] !== person)
      return problem(c, refuse("challenge_over", "response", "this was asked for somebody else").refusal);
    const device = deviceIn(c.req.header("user-agent"));
    await people.ways.addPasskey({ ...made.value.passkey, person, device, made_at: now.toISOString() });
    return json(c, { passkey: made.value.passkey.id });
  });
  changed(
    "passkey/end",
    z.strictObject({ passkey: z.string().max(1024) }),
    async (c, person, { passkey }) => {
      const passkeys = await people.ways.passkeysOf(person);
      const other = passkeys.some(({ id }) => id !== passkey) || (await people.ways.passwordOf(person));
      if (!other) return problem(c, LAST.refusal);
      await people.ways.endPasskey(person, passkey);
      return json(c, { passkey });
    },
  );
}

function addPasswordRoutes(given: Given): void {
  const { people, face } = given;
  const changed = changing(given);
  changed("password/begin", z.strictObject({ login: Login }), async (c, person, { login }) =>
    json(c, await beginPassword(face, people, { for: person, login })),
  );
  changed("password", z.strictObject(NewPassword), async (c, person, asked) => {
    const ready = await readyPassword(face, people, { for: person, person, asked });
    const set = ready.ok ? await setPassword(face, people, { person, ready: ready.value }) : ready;
    return set.ok ? json(c, { recovery_codes: set.value }) : problem(c, set.refusal);
  });
  changed("password/end", Nothing, async (c, person) => {
    if ((await people.ways.passkeysOf(person)).length === 0) return problem(c, LAST.refusal);
    await people.ways.endPassword(person);
    return json(c, { password: null });
  });
  changed("recovery-codes", Nothing, async (c, person) => {
    const codes = newRecoveryCodes(face.ports.ids);
    await people.ways.setRecovery(
      person,
      codes.map((code) => recoveryDigest(person, code)),
    );
    return json(c, { recovery_codes: codes });
  });
}

const LAST = refuse("last_way_in", "account", "this is the last way in: make another before it goes");

async function accountOf(
  { people }: Given,
  { id, party, role, by_directory }: Omit<Person, "sample" | "registered_at">,
) {
  const [[profile], passkeys, password] = await Promise.all([
    people.profiles.of([id]),
    people.ways.passkeysOf(id),
    people.ways.passwordOf(id),
  ]);
  return {
    ...{
      person: id,
      party,
      role,
      by_directory: by_directory === true,
      name: profile?.name ?? null,
      mail: profile?.mail ?? null,
    },
    passkeys: passkeys.map(({ id: passkey, device, made_under, made_at, used_at = null }) => ({
      ...{ passkey, device, made_under, made_at, used_at },
    })),
    password: password
      ? { login: password.login, made_at: password.made_at, recovery_codes_left: password.recovery.length }
      : null,
  };
}
