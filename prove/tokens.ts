import assert from "node:assert/strict";
import { perform } from "../src/app/core/perform.ts";
import type { AnyCommand } from "../src/app/core/use-case.ts";
import { findUseCase } from "../src/app/use-cases.ts";
import { portsOn } from "../src/main/ports.ts";
import { bearerOf, digestOfBearer } from "../src/trust/index.ts";

type Books = Parameters<typeof portsOn>;

/** Before what the machine's owner sets up, among the request keys. */
export const SET_UP = "set-up-";

/** The sample recycler, and what shows who asks in each of some roles of it: given by the machine's owner, on the books themselves. */
export async function tokensOn(
  { pool, sealing }: { readonly pool: Books[0]; readonly sealing: Books[2] },
  roles: readonly string[],
): Promise<Readonly<Record<string, string>>> {
  const ports = portsOn(pool, undefined, sealing);
  const party = "sample-recycler";
  const give = async (room: string, verb: string, key: string, input: object) => {
    const actor = { role: "unstated", party: "unstated", verified: false, owner: true as const };
    const request = { key: `${SET_UP}${key}`, actor, owner: true as const };
    const done = await perform(ports, findUseCase(room, verb) as AnyCommand, { request, input });
    assert.ok(done.ok, JSON.stringify(done));
  };
  await give("programme", "register-party", "party", {
    ...{ party, name: "Sample Recycler", kind: "recycler", sample: true },
  });
  const bearers: Record<string, string> = {};
  for (const role of roles) {
    const bearer = bearerOf(ports.ids.nonce(), ports.ids.nonce());
    const key = `token-${role.replaceAll(" ", "-")}`;
    await give("trust", "register-token", key, { party, role, digest: digestOfBearer(bearer) });
    bearers[role] = bearer;
  }
  return bearers;
}

/** As a request shows it; nothing where nobody signed in. */
export const shown = (bearer: string | undefined): Record<string, string> =>
  bearer === undefined ? {} : { authorization: `Bearer ${bearer}` };
