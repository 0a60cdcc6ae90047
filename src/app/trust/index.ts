import { z } from "zod";
import { Role } from "../../contract/identifiers.ts";
import { done } from "../../quantity/index.ts";
import { dutyRows } from "../../trust/index.ts";
import { calculation, query } from "../core/use-case.ts";
import { access, reviewAccess } from "./access.ts";
import { approvals, approve, decline, propose } from "./approvals.ts";
import { clearances, clearPerson } from "./clearances.ts";
import { admit, compartments, dismiss, openCompartment } from "./compartments.ts";
import { erasePerson, registerErasure } from "./erasure.ts";
import { closeIncident, incidents, openIncident } from "./incidents.ts";
import { invite, registerInvitation } from "./invitations.ts";
import { endPerson, people, registerPerson } from "./people.ts";
import { partyRules, setRules } from "./rules.ts";
import { endSession, names, sessions } from "./sessions.ts";
import { substitute, substitutes } from "./substitutes.ts";
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
  openCompartment,
  admit,
  dismiss,
  compartments,
  invite,
  registerInvitation,
  sessions,
  endSession,
  names,
  registerErasure,
  erasePerson,
  setRules,
  partyRules,
  propose,
  approve,
  decline,
  approvals,
  clearPerson,
  clearances,
  openIncident,
  closeIncident,
  incidents,
  substitute,
  substitutes,
  reviewAccess,
  access,
] as const;
