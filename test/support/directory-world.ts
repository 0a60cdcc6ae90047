import assert from "node:assert/strict";
import { after } from "node:test";
import { createApi } from "../../src/api/index.ts";
import { useCases } from "../../src/app/use-cases.ts";
import { directoryBrowser } from "./directory-browser.ts";
import { CLIENT, type DirectoryLike, type DirectoryServer, directoryServer } from "./directory-server.ts";
import { ORIGIN, peopleWorld } from "./people-world.ts";

const callbackOf = (party: string) => `${ORIGIN}/api/auth/directory/${party}/callback`;

export const ROLES = [
  { value: "administrators", role: "administrator" },
  { value: "chemists", role: "chemist" },
  { value: "planners", role: "planner" },
];

/** What somebody carries from one step to the next. */
export interface Going {
  readonly cookie: string;
  readonly address: string;
}

export interface Came {
  readonly status: number;
  readonly code: string | undefined;
  /** The session that was begun. */
  readonly cookie: string;
  readonly location: string;
}

type World = ReturnType<typeof peopleWorld>;

/** A directory that knows Ann, until the tests are over. */
async function directoryOf(given: Partial<DirectoryLike>): Promise<DirectoryServer> {
  const server = await directoryServer({ callbacks: ["north", "south"].map(callbackOf), ...given });
  server.members.set("ann", { name: "Ann of the directory", groups: ["staff", "chemists"] });
  after(() => server.close());
  return server;
}

/** Names a directory as the one of a party, and gives its secret. */
const naming =
  ({ owner }: World) =>
  async (party: string, { issuer }: Pick<DirectoryServer, "issuer">): Promise<void> => {
    const { client_id, client_secret } = CLIENT;
    await owner("trust name-directory", { party, issuer, client_id, claim: "groups", roles: ROLES });
    await owner("trust keep-directory-secret", { party, client_secret });
  };

/** The ways to a directory and back, as a browser goes them. */
function going({ ports }: World) {
  const api = createApi({ ports, useCases, signIn: "required" });
  const go = async (party = "north"): Promise<Going> => {
    const answer = await api.request(`${ORIGIN}/api/auth/directory/${party}`);
    assert.equal(answer.status, 303, await answer.clone().text());
    const cookie = answer.headers.get("set-cookie")?.split(";")[0] ?? "";
    return { cookie, address: answer.headers.get("location") ?? "" };
  };
  const come = async (address: string, cookie: string, accept = "application/json"): Promise<Came> => {
    const answer = await api.request(address, { headers: { cookie, accept } });
    const session = answer.headers.getSetCookie().find((line) => line.startsWith("didym_session="));
    const said = answer.status === 303 ? {} : ((await answer.json()) as { code?: string });
    return {
      ...{ status: answer.status, code: said.code, cookie: session?.split(";")[0] ?? "" },
      location: answer.headers.get("location") ?? "",
    };
  };
  const signIn = async (login: string, party = "north") => {
    const { address, cookie } = await go(party);
    return come(await directoryBrowser().signIn(address, login), cookie);
  };
  return { go, come, signIn };
}

/** Two firms, of which one has a directory that knows Ann. */
export async function directoryWorld(given: Partial<DirectoryLike> = {}) {
  const world = peopleWorld();
  for (const [party, kind] of [
    ["north", "refiner"],
    ["south", "recycler"],
  ])
    await world.owner("programme register-party", { party, name: party, kind });
  const [server, name] = [await directoryOf(given), naming(world)];
  await name("north", server);
  return {
    ...{ ...world, ...going(world), server, name },
    directory: () => directoryOf(given),
    /** Who a session speaks for now. */
    async me(cookie: string) {
      const { status, body } = await world.ask("trust/me", undefined, { cookie });
      return { status, ...body } as {
        readonly status: number;
        readonly code?: string;
        readonly role?: string;
        readonly party?: string;
        readonly person?: string;
      };
    },
    /** The status that another server answers a session with, which remembers nobody. */
    async elsewhere(cookie: string) {
      const other = createApi({ ports: world.ports, useCases, signIn: "required" });
      return (await other.request(`${ORIGIN}/api/trust/me`, { headers: { cookie } })).status;
    },
    /** So many minutes pass. */
    pass: (minutes: number) => world.clock.advance(minutes / 60),
  };
}
