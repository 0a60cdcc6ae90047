import assert from "node:assert/strict";
import { TOTP } from "otpauth";
import type { SignInTries } from "../../src/api/face.ts";
import { createApi } from "../../src/api/index.ts";
import { perform } from "../../src/app/core/perform.ts";
import type { AnyAction, AnyCommand } from "../../src/app/core/use-case.ts";
import { offerFirst } from "../../src/app/trust/first.ts";
import { findUseCase, useCases } from "../../src/app/use-cases.ts";
import { StoryClock } from "../../src/sample/driver.ts";
import { memoryPorts } from "./memory-ports.ts";
import { type SoftPasskey, softPasskey } from "./soft-passkey.ts";

export const ORIGIN = "http://localhost:4680";

export interface Said {
  readonly status: number;
  readonly body: Record<string, unknown> & { readonly code?: string; readonly detail?: string };
  /** What a browser would show from then on. */
  readonly cookie: string;
  readonly headers: Headers;
}

/** As much of what a device is asked as a test looks at. */
export interface Options {
  readonly challenge: string;
}

export interface Asking {
  readonly origin?: string;
  readonly cookie?: string;
}

export type PeopleWorld = ReturnType<typeof peopleWorld>;

type Books = ReturnType<typeof memoryPorts>;

/** Passwords of tests are worth nothing; one test tries what the others cost. */
const QUICK = { N: 2 ** 8, r: 8, p: 1 };

/** Firefox on Linux, as it tells of itself. */
const USER_AGENT = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

function asking(ports: Books, signInTries: SignInTries | undefined) {
  const api = createApi({
    ...{ ports, useCases, passwordCost: QUICK },
    ...(signInTries ? { signInTries } : {}),
  });
  let key = 0;
  return async (path: string, body?: object, { origin = ORIGIN, cookie }: Asking = {}): Promise<Said> => {
    const answer = await api.request(`${origin}/api/${path}`, {
      method: body === undefined ? "GET" : "POST",
      headers: {
        ...{ "content-type": "application/json", "idempotency-key": `k-${key++}` },
        "user-agent": USER_AGENT,
        ...(cookie === undefined ? {} : { cookie }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const shown = answer.headers.get("set-cookie")?.split(";")[0] ?? "";
    const read = (await answer.json()) as Said["body"];
    return { status: answer.status, body: read, cookie: shown, headers: answer.headers };
  };
}

/** What the machine's owner does on these books; a refusal fails the test. */
function owning(ports: Books) {
  let key = 0;
  return async (name: string, input: object): Promise<Record<string, unknown>> => {
    const [room = "", verb = ""] = name.split(" ");
    const useCase = findUseCase(room, verb) as AnyCommand | AnyAction;
    const actor = { role: "unstated", party: "unstated", verified: false };
    const request = { key: `o-${key++}`, actor, owner: true as const };
    const done =
      useCase.type === "action"
        ? await useCase.run(ports, { input, request })
        : await perform(ports, useCase, { request, input });
    assert.ok(done.ok, JSON.stringify(done));
    return done.value as Record<string, unknown>;
  };
}

/** What stands in a link after its mark. */
export const secretOf = (link: unknown): string => String(link).replace(/^\/join#/, "");

/** Books in memory on which people sign in, served as on one's own machine. */
export function peopleWorld(given: { readonly signInTries?: SignInTries } = {}) {
  const clock = new StoryClock("2026-11-30T08:00:00.000Z");
  const ports = memoryPorts(() => clock.now());
  const [ask, owner] = [asking(ports, given.signInTries), owning(ports)];
  const post = async (path: string, body: object, how?: Asking) => {
    const said = await ask(path, body, how);
    assert.equal(said.status, 200, JSON.stringify(said.body));
    return said;
  };
  return {
    ...{ ports, clock, ask, post, owner },
    /** A link for one in a role of a party. */
    invite: async (party: string, role: string) =>
      secretOf((await owner("trust invite", { party, role }))["link"]),
    /** Some firm, and links for its administrator and one of its chemists. */
    async firm() {
      await owner("programme register-party", { party: "north", name: "North", kind: "refiner" });
      return {
        administrator: await this.invite("north", "administrator"),
        chemist: await this.invite("north", "chemist"),
      };
    },
    /** The administrator of another firm, signed in. */
    async southern() {
      await owner("programme register-party", { party: "south", name: "South", kind: "recycler" });
      return this.join(await this.invite("south", "administrator"), "Another");
    },
    first: async () => secretOf(await offerFirst(ports)),
    /** Opens a link with a new passkey. */
    async join(link: string, name: string, more: object = {}) {
      const passkey = softPasskey(ORIGIN);
      const begun = await post("auth/join/passkey/begin", { link, name });
      const response = passkey.make(begun.body as unknown as Options);
      const said = await post("auth/join/passkey", { link, name, response, ...more });
      return { passkey, cookie: said.cookie, person: String(said.body["person"]), said };
    },
    async show(passkey: SoftPasskey) {
      const { body } = await post("auth/passkey/begin", {});
      return ask("auth/passkey", passkey.show(body as unknown as Options));
    },
    /** The code that an app shows now, or some steps from now. */
    code: (secret: unknown, steps = 0) =>
      new TOTP({ secret: String(secret) }).generate({ timestamp: clock.now().getTime() + steps * 30_000 }),
  };
}
