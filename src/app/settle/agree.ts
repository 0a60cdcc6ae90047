import { z } from "zod";
import { findSpecification } from "../../certify/index.ts";
import { AgreementTerms } from "../../contract/agreement.ts";
import { Instant, notInFuture, Text } from "../../contract/fields.ts";
import { AgreementId } from "../../contract/identifiers.ts";
import { done, refuse, refusedAt } from "../../quantity/index.ts";
import {
  type Agreement,
  agreementProse,
  daysOf,
  decideAcceptance,
  decideProposal,
  otherParty,
  readAgreement,
} from "../../settle/index.ts";
import { command, type Scope } from "../core/use-case.ts";
import { SAMPLE_AGREEMENT } from "./sample-agreement.ts";

/** A place in the terms, as a place in the input that holds them. */
const placeOfTerms = (at: string): string => (at === "input" ? "agreement" : `agreement.${at}`);

export const agree = command({
  room: "settle",
  verb: "agree",
  summary:
    "Propose terms between supplier and processor, by one of the two: every clause is data, read back in prose, and in force once the other accepts it.",
  input: z.strictObject({ agreement: AgreementTerms, why: Text.optional(), at: Instant.optional() }),
  example: { agreement: SAMPLE_AGREEMENT },
  concerns: {
    says: "the two parties of the terms",
    takes: "two",
    of: async ({ agreement }) => {
      const read = readAgreement(agreement);
      return read.ok ? Object.values(read.value.parties) : [];
    },
  },
  async decide(scope, { agreement, why, ...input }) {
    const at = notInFuture(input.at, scope.now);
    if (!at.ok) return at;
    const read = readAgreement(agreement);
    if (!read.ok) return refusedAt(read.refusal, placeOfTerms(read.refusal.at));
    const { id } = read.value;
    const unknown = await unknownNames(scope, read.value);
    if (unknown) return unknown;
    const { role, party } = scope.actor;
    const decided = decideProposal(await scope.get("agreement", id), {
      agreement: read.value,
      prose: agreementProse(read.value),
      ...(why === undefined ? {} : { why }),
      proposed: { by: { role, party }, at: at.value },
    });
    if (!decided.ok) return decided;
    const { version, prose } = decided.value;
    const accepted_by = otherParty(read.value, party);
    return done({
      entries: [{ kind: "agreement_proposed", body: decided.value }],
      answer: { agreement: id, version, state: "proposed" as const, accepted_by, prose },
    });
  },
});

const namedLaboratories = ({ laboratories = {} }: Agreement["assay_rule"]): Record<string, string> =>
  Object.fromEntries(
    Object.entries(laboratories).flatMap(([side, list]) =>
      list.map((name, i) => [`assay_rule.laboratories.${side}[${i}]`, name]),
    ),
  );

/** Parties, laboratories and specifications that the terms name are ones there are. */
async function unknownNames(scope: Scope, { parties, assay_rule, elements }: Agreement) {
  const named = {
    "parties.supplier": parties.supplier,
    "parties.processor": parties.processor,
    ...namedLaboratories(assay_rule),
    ...(assay_rule.joint_laboratory ? { "assay_rule.joint_laboratory": assay_rule.joint_laboratory } : {}),
  };
  for (const [at, party] of Object.entries(named)) {
    if (!(await scope.get("party", party)))
      return refuse("party_unknown", `agreement.${at}`, `no party ${party} is registered`);
  }
  for (const [i, { oxide, specification }] of elements.entries()) {
    if (specification === undefined) continue;
    const at = `agreement.elements[${i}].specification`;
    const found = findSpecification(specification);
    if (!found) return refuse("specification_unknown", at, `there is no specification ${specification}`);
    if (found.oxide !== undefined && found.oxide !== oxide)
      return refuse("product_differs", at, `${specification} is of ${found.oxide}, not of ${oxide}`);
  }
  return undefined;
}

export const accept = command({
  room: "settle",
  verb: "accept",
  summary: "Accept the terms that the other party proposed: they are in force on the days they name.",
  input: z.strictObject({
    agreement: AgreementId(),
    version: z.number().int().min(1).describe("which version of the terms"),
    from: z.iso.date().optional().describe("the first day it holds, where later than its terms say"),
    at: Instant.optional(),
  }),
  example: { agreement: "A-2026-01", version: 1 },
  concerns: {
    says: "the party that did not propose",
    takes: "two",
    of: async ({ agreement, version }, records) => {
      const terms = (await records.get("agreement", agreement))?.terms[version - 1];
      return terms?.proposed ? [otherParty(terms.agreement, terms.proposed.by.party)] : [];
    },
  },
  async decide(scope, { agreement, version, from, ...input }) {
    const at = notInFuture(input.at, scope.now);
    if (!at.ok) return at;
    const { role, party } = scope.actor;
    const record = await scope.get("agreement", agreement);
    const decided = decideAcceptance(record, {
      ...{ agreement, version, by: { role, party }, at: at.value },
      ...(from === undefined ? {} : { from }),
    });
    if (!decided.ok) return decided;
    const terms = record?.terms[version - 1];
    const in_force = terms && daysOf({ ...terms, accepted: decided.value });
    return done({
      entries: [{ kind: "agreement_accepted", body: decided.value }],
      answer: { agreement, version, state: "accepted" as const, in_force },
    });
  },
});
