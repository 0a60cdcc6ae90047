import assert from "node:assert/strict";
import { TOTP } from "otpauth";
import { createApi } from "../../src/api/index.ts";
import type { SignInTries } from "../../src/api/face.ts";
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

export interface Asking {
  readonly origin?: string;
  readonly cookie?: string;
}

export type PeopleWorld = ReturnType<typeof peopleWorld>;

/** Books in memory on which people sign in, served as on one's own machine. */
export function peopleWorld(given: { readonly signInTries?: SignInTries } = {}) {
  const clock = new StoryClock("2026-11-30T08:00:00.000Z");
  const ports = memoryPorts(() => clock.now());
  const api = createApi({ ports, useCases, signInRequired: true, ...given });
  let key = 0;
  const ask = async (path: string, body?: object, { origin = ORIGIN, cookie }: Asking = {}): Promise<Said> => {
    const answer = await api.request(`${origin}/api/${path}`, {
      method: body === undefined ? "GET" : "POST",
      headers: {
        ...{ "content-type": "application/json", "idempotency-key": `k-${key++}` },
        "user-agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
        ...(cookie === undefined ? {} : { cookie }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const shown = answer.headers.get("set-cookie")?.split(";")[0] ?? "";
    const read = (await answer.json()) as Said["body"];
    return { status: answer.status, body: read, cookie: shown, headers: answer.headers };
  };
  const post = async (path: string, body: object, asking?: Asking) => {
    const said = await ask(path, body, asking);
    assert.equal(said.status, 200, JSON.stringify(said.body));
    return said;
  };
  /** As the machine's owner. */
  const owner = async (name: string, input: object): Promise<Record<string, unknown>> => {
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
  const secretOf = (link: unknown) => String(link).replace(/^\/join#/, "");
  return {
    ...{ ports, clock, ask, post, owner, secretOf },
    /** Some firm with its administrator and one of its chemists, as links that were told. */
    async firm() {
      await owner("programme register-party", { party: "north", name: "North", kind: "refiner" });
      const invited = async (role: string) => secretOf((await owner("trust invite", { party: "north", role }))["link"]);
      return { administrator: await invited("administrator"), chemist: await invited("chemist") };
    },
    first: async () => secretOf(await offerFirst(ports)),
    /** Opens a link with a new passkey. */
    async join(link: string, name: string, more: object = {}) {
      const passkey = softPasskey(ORIGIN);
      const begun = await post("auth/join/passkey/begin", { link, name });
      const response = passkey.make(begun.body as { challenge: string } & object);
      const said = await post("auth/join/passkey", { link, name, response, ...more });
      return { passkey, cookie: said.cookie, person: String(said.body["person"]), said };
    },
    async show(passkey: SoftPasskey) {
      const { body } = await post("auth/passkey/begin", {});
      return ask("auth/passkey", passkey.show(body as { challenge: string } & object));
    },
    /** The code that an app shows now, or some steps from now. */
    code: (secret: unknown, steps = 0) =>
      new TOTP({ secret: String(secret) }).generate({
        timestamp: clock.now().getTime() + steps * 30_000,
      }),
  };
}
