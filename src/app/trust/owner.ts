import { z } from "zod";
import { Text } from "../../contract/fields.ts";
import { PartyId } from "../../contract/identifiers.ts";
import { done, refuse } from "../../quantity/index.ts";
import { decideAllowing, decideForbidding, OWNER_RULE } from "../../trust/index.ts";
import { FIRMS, type Reads } from "../core/concerns.ts";
import { command, query } from "../core/use-case.ts";

const Said = z.strictObject({
  party: PartyId().describe("who says so: the party of the administrator who signed in"),
  why: Text,
});
type Said = z.infer<typeof Said>;

const CONCERNS = {
  says: "a recycler or refiner itself",
  of: async ({ party }: Said, { get }: Reads) => {
    const kind = (await get("party", party))?.kind;
    return kind !== undefined && FIRMS.includes(kind) ? [party] : [];
  },
};

const unknown = (party: string) => refuse("party_unknown", "party", `no party ${party} is registered`);

export const forbidOwner = command({
  room: "trust",
  verb: "forbid-owner",
  signedIn: true,
  summary:
    "Forbid the machine's owner to give commands on the data folder: from now on they are given by who signed in. Keep an administrator able to sign in: nobody else lifts it.",
  input: Said,
  example: { party: "sample-recycler", why: "both firms' people sign in" },
  concerns: CONCERNS,
  async decide(scope, { party, why }) {
    if (!(await scope.get("party", party))) return unknown(party);
    const rule = await scope.get("owner_rule", OWNER_RULE);
    const decided = decideForbidding(rule, { party, why, at: scope.now });
    if (!decided.ok) return decided;
    return done({ entries: [{ kind: "owner_forbidden", body: decided.value }], answer: { party } });
  },
});

export const allowOwner = command({
  room: "trust",
  verb: "allow-owner",
  signedIn: true,
  summary: "Lift what one's own party said of the machine's owner, who may give commands again.",
  input: Said,
  example: { party: "sample-recycler", why: "moving to another machine" },
  concerns: CONCERNS,
  async decide(scope, { party, why }) {
    if (!(await scope.get("party", party))) return unknown(party);
    const rule = await scope.get("owner_rule", OWNER_RULE);
    const decided = decideAllowing(rule, { party, why, at: scope.now });
    if (!decided.ok) return decided;
    return done({ entries: [{ kind: "owner_allowed", body: decided.value }], answer: { party } });
  },
});

export const owner = query({
  room: "trust",
  verb: "owner",
  summary: "Whether the machine's owner may give commands on the data folder, and who forbids it.",
  input: z.strictObject({}),
  example: {},
  async answer({ store }) {
    const forbidden_by = (await store.load("owner_rule", OWNER_RULE))?.record.forbidden_by ?? [];
    return done({ forbidden: forbidden_by.length > 0, forbidden_by });
  },
});
