import { z } from "zod";
import { Role } from "../../contract/identifiers.ts";
import { done } from "../../quantity/index.ts";
import { dutyRows } from "../../trust/index.ts";
import { calculation, query } from "../core/use-case.ts";
import { allowOwner, forbidOwner, owner } from "./owner.ts";
import { endPerson, people, registerPerson } from "./people.ts";
import { endToken, registerToken, token, tokens } from "./tokens.ts";

const duties = calculation({
  room: "trust",
  verb: "duties",
  summary:
    "The table of duties: which role may give which command, for a party it concerns, another, or as a buyer.",
  rows: true,
  input: z.strictObject({
    command: z.string().max(80).optional().describe("of this command alone: ROOM VERB"),
    role: Role(z.string().max(40)).optional(),
  }),
  example: { command: "certify issue" },
  compute: async (_ports, { command, role }) =>
    done(
      dutyRows().filter(
        (row) =>
          (command === undefined || row.command === command) && (role === undefined || row.role === role),
      ),
    ),
});

const me = query({
  room: "trust",
  verb: "me",
  summary: "Who asks: who is signed in, or the machine's owner, or nobody.",
  input: z.strictObject({}),
  example: {},
  answer: async ({ asker }) => {
    if (asker === undefined || asker === "owner")
      return done({ signed_in: false as const, owner: asker === "owner" });
    return done({ signed_in: true as const, ...asker });
  },
});

export const trustUseCases = [
  duties,
  me,
  people,
  registerPerson,
  endPerson,
  token,
  registerToken,
  tokens,
  endToken,
  forbidOwner,
  allowOwner,
  owner,
] as const;
