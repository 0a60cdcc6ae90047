import { z } from "zod";
import { Role } from "../../contract/identifiers.ts";
import { done } from "../../quantity/index.ts";
import { CONTROL_STATES, CRYPTOGRAPHY, controlRows, dutyRows, FRAMEWORKS } from "../../trust/index.ts";
import { calculation, query } from "../core/use-case.ts";
import { access, reviewAccess } from "./access.ts";
import { approvals, approve, decline, propose } from "./approvals.ts";
import { clearances, clearPerson } from "./clearances.ts";
import { admit, compartments, dismiss, openCompartment } from "./compartments.ts";
import {
  directories,
  endDirectory,
  forgetDirectory,
  keepDirectorySecret,
  nameDirectory,
} from "./directories.ts";
import { dueForErasure, eraseDocuments, eraseDue } from "./erase-due.ts";
import { erasePerson, registerErasure } from "./erasure.ts";
import { evidence } from "./evidence.ts";
import { closeIncident, incidents, openIncident } from "./incidents.ts";
import { invite, registerInvitation } from "./invitations.ts";
import { allowOwner, forbidOwner, owner } from "./owner.ts";
import { endPerson, people, registerPerson } from "./people.ts";
import { compartmentReads, reads } from "./reads.ts";
import { refusals } from "./refusals.ts";
import { hold, holds, liftHold, retain, retention } from "./retention.ts";
import { partyRules, setRules } from "./rules.ts";
import { endSession, names, sessions } from "./sessions.ts";
import { substitute, substitutes } from "./substitutes.ts";
import { endToken, registerToken, token, tokens } from "./tokens.ts";

const duties = calculation({
  room: "trust",
  verb: "duties",
  summary:
    "The table of duties: which role may give which command, for a party it concerns, another, or as a buyer or a customer.",
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

const controls = calculation({
  room: "trust",
  verb: "controls",
  summary:
    "The control map: each control of ISO/IEC 27001 Annex A, SOC 2 and NIST SP 800-171, met by the product, partly, by the operator, or a gap.",
  rows: true,
  input: z.strictObject({
    framework: z.enum(FRAMEWORKS).optional(),
    state: z.enum(CONTROL_STATES).optional(),
  }),
  example: { framework: "NIST SP 800-171 r2" as const, state: "gap" as const },
  compute: async (_ports, { framework, state }) =>
    done(
      controlRows().filter(
        (row) =>
          (framework === undefined || row.framework === framework) &&
          (state === undefined || row.state === state),
      ),
    ),
});

const cryptography = calculation({
  room: "trust",
  verb: "cryptography",
  summary: "Which algorithm is used for what, by what it is done, and what becomes of it with --fips.",
  rows: true,
  input: z.strictObject({}),
  example: {},
  compute: async () => done(CRYPTOGRAPHY),
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
  refusals,
  reads,
  compartmentReads,
  evidence,
  controls,
  cryptography,
  forbidOwner,
  allowOwner,
  owner,
  nameDirectory,
  keepDirectorySecret,
  directories,
  forgetDirectory,
  endDirectory,
  retain,
  retention,
  hold,
  liftHold,
  holds,
  eraseDocuments,
  eraseDue,
  dueForErasure,
] as const;
