import { z } from "zod";
import { discloseFor, type Passport, type PassportRecord, signEnd } from "../../certify/index.ts";
import { Id, PageOf } from "../../contract/fields.ts";
import { LotId, OxideFormula, PartyId, PassportId } from "../../contract/identifiers.ts";
import { type Entry, type Read, stillTaken } from "../../ledger/index.ts";
import { done, refuse } from "../../quantity/index.ts";
import { pageOf } from "../core/pages.ts";
import type { LedgerStore, Ports } from "../core/ports.ts";
import { wholeOf } from "../core/seen.ts";
import { query } from "../core/use-case.ts";
import { issuePassport, revokePassport } from "./issue.ts";
import { issuers } from "./issuers.ts";
import { retireKey, rotateKey } from "./keys.ts";
import { releaseCertificate } from "./release.ts";
import { signing, signWith, standingOf, whyUnsigned } from "./signer.ts";
import { analysis, specifications, verify } from "./verify.ts";

async function everyEntry(store: Pick<LedgerStore, "entries">): Promise<Entry[]> {
  const all: Entry[] = [];
  for (;;) {
    const page = await store.entries({ after: all.at(-1)?.seq ?? 0, limit: 2000 });
    if (page.length === 0) return all;
    all.push(...page);
  }
}

/** Who wrote a passport into the log before passports said who issued them. */
const writerOf = (entries: readonly Entry[], passport: string): string =>
  entries.find((e) => e.kind === "passport_issued" && e.body["passport"] === passport)?.actor.party ?? "";

const bundle = query({
  room: "certify",
  verb: "bundle",
  summary:
    "What a buyer needs to check a passport offline: all entry headers and the content of those that matter, signed and dated by its maker.",
  input: z.strictObject({
    passport: PassportId(),
    beside: PassportId().optional().describe("another passport that is to be checked with the same bundle"),
    maker: PartyId("recycler", "refiner")
      .optional()
      .describe("who signs the end of the bundle; the issuer where nobody is named"),
  }),
  example: { passport: "P-1" },
  async answer(ports, { passport, beside, maker: named }) {
    const found = await ports.store.load("passport", passport);
    if (!found) return refuse("passport_unknown", "passport", `no passport ${passport} was issued`);
    const other = beside === undefined ? undefined : await ports.store.load("passport", beside);
    if (beside !== undefined && !other)
      return refuse("passport_unknown", "beside", `no passport ${beside} was issued`);
    // Who may see the passport may check it: what a bundle discloses is what its buyer is to see, whoever wrote it.
    const entries = await everyEntry(wholeOf(ports.store).whole);
    const lots = [found.record, ...(other ? [other.record] : [])].map(({ lot }) => lot);
    const unsigned = discloseFor(entries, lots);
    const maker = named ?? found.record.issued_by ?? writerOf(entries, passport);
    if (!(await ports.store.load("party", maker)))
      return named === undefined
        ? done(unsigned)
        : refuse("party_unknown", "maker", `no party ${maker} is registered`);
    const [now, last] = [ports.clock.now().toISOString(), entries.at(-1)?.time ?? ""];
    const party_keys = (await ports.store.load("party_keys", maker))?.record;
    const standing = await standingOf({ party: maker, party_keys, ports, store: ports.store });
    const why = whyUnsigned(maker, standing);
    if (why) return why;
    // Looking at the books makes nobody a key: who has none signs no bundle.
    if (standing.is !== "in_force" && standing.is !== "to_adopt")
      return named === undefined
        ? done(unsigned)
        : refuse("keys_absent", "maker", `${maker} has no signing key; certify rotate-key gives it one`);
    const { key } = standing;
    const at = now > last ? now : last;
    return signing(() => signEnd(unsigned, { issuer: key, at, sign: signWith(ports, key) }));
  },
});

/** What of a passport's matter is still here under it: the rest was delivered, or has passports of its own (C29). */
async function coveredBy(
  { store }: Pick<Ports, "store">,
  { passport: by, lot, mass_mg, revoked }: PassportRecord,
) {
  const read: Read = async (collection, id) => (await store.load(collection, id))?.record;
  const given = { lot, taking: "claimed", by, most_mg: mass_mg } as const;
  const here = revoked ? [] : await stillTaken(read, given);
  const here_mg = here.reduce((sum, part) => sum + part.mass_mg, 0);
  return { mass_mg, here, elsewhere_mg: mass_mg - here_mg };
}

const passport = query({
  room: "certify",
  verb: "passport",
  summary: "A signed passport, as it is handed to a buyer.",
  input: z.strictObject({ passport: PassportId() }),
  example: { passport: "P-1" },
  async answer(ports, { passport }) {
    const found = await ports.store.load("passport", passport);
    const record = found?.record;
    const document = record?.credential_digest && (await ports.store.document(record.credential_digest));
    if (!record || !document)
      return refuse("passport_unknown", "passport", `no passport ${passport} was issued`);
    const credential = JSON.parse(new TextDecoder().decode(document.bytes)) as Passport;
    return done({ ...record, covers: await coveredBy(ports, record), credential });
  },
});

const credential = query({
  room: "certify",
  verb: "credential",
  summary: "The signed credential alone, the file that is verified.",
  input: z.strictObject({ passport: PassportId() }),
  example: { passport: "P-1" },
  async answer(ports, input) {
    const found = await passport.answer(ports, input);
    return found.ok ? done(found.value.credential) : found;
  },
});

const passports = query({
  room: "certify",
  verb: "passports",
  summary: "The passports issued, a page at a time.",
  input: z.strictObject({ lot: LotId().optional(), oxide: OxideFormula(Id).optional(), ...PageOf }),
  example: { limit: 20 },
  answer: (ports, { after, limit, ...filter }) => pageOf(ports, "passport", { after, limit, filter }),
});

const certificate = query({
  room: "certify",
  verb: "certificate",
  summary: "The certificate of analysis of a lot.",
  input: z.strictObject({ lot: LotId() }),
  example: { lot: "L-OXIDE" },
  async answer(ports, { lot }) {
    const found = await ports.store.load("certificate", lot);
    return found ? done(found.record) : refuse("certificate_unknown", "lot", `${lot} has no certificate`);
  },
});

export const certifyUseCases = [
  analysis,
  specifications,
  releaseCertificate,
  issuePassport,
  revokePassport,
  verify,
  passports,
  passport,
  credential,
  bundle,
  certificate,
  issuers,
  rotateKey,
  retireKey,
] as const;
