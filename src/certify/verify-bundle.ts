import { type EntryHeader, headerFault, sealOf } from "../ledger/index.ts";
import { canonicalJson } from "../quantity/index.ts";
import { ALWAYS_DISCLOSED, type Bundle } from "./bundle.ts";
import { BundleShape, type CredentialShape, FeedBody, PassportBody, RevokedBody, StepBody } from "./read.ts";
import type { Check } from "./verify.ts";

export interface Facts {
  readonly credential: CredentialShape;
  readonly bundle: unknown;
  readonly others: readonly CredentialShape[];
}

type Add = (name: string, result: Check["result"], why: string) => void;

const NAMES = [
  "chain",
  "disclosed_content",
  "claims_complete",
  "this_passport_recorded",
  "not_revoked",
  "lineage",
  "balance",
  "feed_claims",
] as const;

/** Everything that needs the bundle (C7 to C9, C11). */
export function checkBundle({ credential, bundle: given, others }: Facts, add: Add): void {
  if (given === undefined) {
    for (const name of NAMES)
      add(name, "not_checked", "needs the bundle: total claims on the feeds are not checked without it");
    return;
  }
  const read = BundleShape.safeParse(given);
  if (!read.success) {
    const issue = read.error.issues[0];
    add("chain", "failed", `not a bundle: ${issue?.path.map(String).join(".")}: ${issue?.message}`);
    for (const name of NAMES.slice(1)) add(name, "not_checked", "the bundle cannot be read");
    return;
  }
  const bundle = read.data as unknown as Bundle;
  if (!checkChain(credential, bundle, add)) {
    for (const name of NAMES.slice(1))
      add(name, "not_checked", "the chain does not hold, so nothing in it counts");
    return;
  }
  const book = openDisclosed(bundle, add);
  if (!book) {
    for (const name of NAMES.slice(2))
      add(name, "not_checked", "disclosed content does not hold, so nothing in it counts");
    return;
  }
  checkComplete(bundle, book, add);
  checkRecorded(credential, book, add);
  checkLineage(credential, book, add);
  checkClaims(credential, { book, others }, add);
}

function checkChain(credential: CredentialShape, bundle: Bundle, add: Add): boolean {
  let before: EntryHeader | undefined;
  for (const header of bundle.headers) {
    const fault = headerFault(header, before);
    if (fault) {
      add("chain", "failed", `entry ${header.seq}: ${fault.replaceAll("_", " ")}`);
      return false;
    }
    before = header;
  }
  const { head } = credential.credentialSubject;
  const signed = bundle.headers[head.seq - 1];
  if (before?.seq !== bundle.head.seq || before.hash !== bundle.head.hash) {
    add("chain", "failed", "the bundle's head is not its last entry");
    return false;
  }
  if (signed?.hash !== head.hash) {
    add(
      "chain",
      "failed",
      `the signed head is entry ${head.seq} with another hash: the log is not the one that was signed`,
    );
    return false;
  }
  add(
    "chain",
    "passed",
    `${bundle.headers.length} entries, each linked to the one before, up to and beyond the signed head`,
  );
  return true;
}

interface Book {
  readonly open: ReadonlyMap<number, Readonly<Record<string, unknown>>>;
  readonly steps: readonly { readonly seq: number; readonly step: StepBody }[];
  readonly feeds: ReadonlyMap<
    string,
    { readonly seq: number; readonly elements_mg: Readonly<Record<string, { best: number }>> }
  >;
  readonly passports: readonly PassportBody[];
  readonly revoked: ReadonlySet<string>;
}

/** Opens what is disclosed, after checking each seal; undefined (and failed) when one does not hold. */
function openDisclosed(bundle: Bundle, add: Add): Book | undefined {
  const open = new Map<number, Readonly<Record<string, unknown>>>();
  const steps: { seq: number; step: StepBody }[] = [];
  const feeds = new Map<string, { seq: number; elements_mg: Record<string, { best: number; sd: number }> }>();
  const passports: PassportBody[] = [];
  const revoked = new Set<string>();
  for (const part of [...bundle.disclosed].sort((a, b) => a.seq - b.seq)) {
    const header = bundle.headers[part.seq - 1];
    if (!header || sealOf(part) !== header.sealed) {
      add("disclosed_content", "failed", `entry ${part.seq}: what is shown is not what was sealed`);
      return undefined;
    }
    open.set(part.seq, part.body);
    const unreadable = takeBody(header.kind, part, { steps, feeds, passports, revoked });
    if (unreadable) {
      add("disclosed_content", "failed", `entry ${part.seq} (${header.kind}) cannot be read: ${unreadable}`);
      return undefined;
    }
  }
  add("disclosed_content", "passed", `${open.size} disclosed entries match their seals`);
  return { open, steps, feeds, passports, revoked };
}

function takeBody(
  kind: string,
  part: { seq: number; body: unknown },
  into: {
    steps: { seq: number; step: StepBody }[];
    feeds: Map<string, { seq: number; elements_mg: Record<string, { best: number; sd: number }> }>;
    passports: PassportBody[];
    revoked: Set<string>;
  },
): string | undefined {
  const { seq, body } = part;
  if (kind === "step_recorded") {
    const read = StepBody.safeParse(body);
    if (read.success) into.steps.push({ seq, step: read.data });
    else return read.error.issues[0]?.message ?? "unreadable";
  }
  if (kind === "feed_measured") {
    const read = FeedBody.safeParse(body);
    if (read.success) into.feeds.set(read.data.feed, { seq, elements_mg: read.data.elements_mg });
    else return read.error.issues[0]?.message ?? "unreadable";
  }
  if (kind === "passport_issued") {
    const read = PassportBody.safeParse(body);
    if (read.success) into.passports.push(read.data);
    else return read.error.issues[0]?.message ?? "unreadable";
  }
  if (kind === "passport_revoked") {
    const read = RevokedBody.safeParse(body);
    if (read.success) into.revoked.add(read.data.passport);
    else return read.error.issues[0]?.message ?? "unreadable";
  }
  return undefined;
}

function checkComplete(bundle: Bundle, book: Book, add: Add): void {
  const hidden = bundle.headers.find((h) => ALWAYS_DISCLOSED.has(h.kind) && !book.open.has(h.seq));
  if (hidden)
    add(
      "claims_complete",
      "failed",
      `entry ${hidden.seq} (${hidden.kind}) is hidden: the sum of claims could be larger than shown`,
    );
  else
    add("claims_complete", "passed", "every feed measured and every passport issued or revoked is disclosed");
}

function checkRecorded(credential: CredentialShape, book: Book, add: Add): void {
  const { passport, product, claims_mg } = credential.credentialSubject;
  const recorded = book.passports.find((p) => p.passport === passport);
  if (!recorded) add("this_passport_recorded", "failed", `the log records no passport ${passport}`);
  else if (
    recorded.lot !== product.lot ||
    recorded.mass_mg !== product.net_mass_mg ||
    recorded.oxide !== product.oxide
  ) {
    add("this_passport_recorded", "failed", "the log records it for another lot, mass or product");
  } else if (canonicalJson(recorded.feeds_mg) !== canonicalJson(claims_mg)) {
    add("this_passport_recorded", "failed", "the log records other claims for it");
  } else add("this_passport_recorded", "passed", "recorded in the log with the same lot, mass and claims");
  if (book.revoked.has(passport)) add("not_revoked", "failed", "its issuer has revoked it");
  else add("not_revoked", "passed", "not revoked up to the bundle's head");
}

/** The lot is reached from its feeds through disclosed steps, in order of time, and nothing is used before it exists; each step closes. */
function checkLineage(credential: CredentialShape, book: Book, add: Add): void {
  const { product, claims_mg } = credential.credentialSubject;
  const made = new Map<string, { seq: number; step: StepBody }>();
  for (const entry of book.steps) for (const output of entry.step.outputs) made.set(output.lot, entry);
  const reached = new Set<string>();
  const open = [{ lot: product.lot, before: Number.POSITIVE_INFINITY }];
  const seen = new Set<string>();
  const used: { seq: number; step: StepBody }[] = [];
  let broken: string | undefined;
  for (let next = open.pop(); next && !broken; next = open.pop()) {
    if (seen.has(next.lot)) continue;
    seen.add(next.lot);
    const feed = book.feeds.get(next.lot);
    if (feed) {
      if (feed.seq > next.before) broken = `${next.lot} was used before it was measured`;
      reached.add(next.lot);
      continue;
    }
    const entry = made.get(next.lot);
    if (!entry) broken = `no disclosed step makes ${next.lot}`;
    else if (entry.seq >= next.before) broken = `${next.lot} was used before it was made`;
    else {
      used.push(entry);
      for (const input of entry.step.inputs) open.push({ lot: input.lot, before: entry.seq });
    }
  }
  const strange = Object.keys(claims_mg).find((feed) => !reached.has(feed));
  if (broken) add("lineage", "failed", broken);
  else if (strange !== undefined)
    add("lineage", "failed", `it claims on ${strange}, from which no disclosed step leads to the lot`);
  else
    add(
      "lineage",
      "passed",
      `${used.length} steps lead from ${reached.size} settled feeds to ${product.lot}, in order of time`,
    );
  checkBalance(used, broken !== undefined, add);
  checkShares(credential, made.get(product.lot)?.step, add);
}

/** What the lot's own step attributes to each feed is the most the passport can claim on it. */
function checkShares(credential: CredentialShape, step: StepBody | undefined, add: Add): void {
  const { product, claims_mg } = credential.credentialSubject;
  const output = step?.outputs.find((o) => o.lot === product.lot);
  if (!output) return;
  for (const [feed, elements] of Object.entries(claims_mg)) {
    for (const [element, mg] of Object.entries(elements)) {
      const share = output.feeds_mg[feed]?.[element] ?? 0;
      if (mg > share)
        add(
          "lineage",
          "failed",
          `${mg} mg of ${element} is claimed on ${feed}, the steps bring ${share} mg of it into the lot`,
        );
    }
  }
}

const SIGMAS = 3;

/** Redoes the balance of each step from its parts; what the entry says of its own closure is not read. */
function checkBalance(used: readonly { seq: number; step: StepBody }[], partial: boolean, add: Add): void {
  for (const { seq, step } of used) {
    const names = new Set<string>();
    for (const part of [...step.inputs, ...step.outputs, ...step.losses])
      for (const name of Object.keys(part.elements_mg)) names.add(name);
    for (const name of ["mass", ...names]) {
      const { residual, sd, parts } = residualOf(step, name);
      if (Math.abs(residual) <= SIGMAS * sd + parts) continue;
      const excuse = step.accept_open === undefined ? "" : ` (booked open: ${step.accept_open})`;
      return add(
        "balance",
        "failed",
        `step ${step.step}, entry ${seq}: ${residual} mg of ${name} is open, more than ${SIGMAS} times its doubt of ${Math.round(sd)} mg${excuse}`,
      );
    }
  }
  if (partial)
    add("balance", "not_checked", "the lineage is broken, so its balance cannot be followed to the feeds");
  else
    add(
      "balance",
      "passed",
      `mass and every element of ${used.length} steps close within their doubt, recomputed`,
    );
}

function residualOf(step: StepBody, name: string): { residual: number; sd: number; parts: number } {
  let residual = 0;
  let parts = 0;
  const moves = new Map<string, number>();
  const take = (
    list: readonly {
      mass_mg: { best: number; moves: Record<string, number> };
      elements_mg: Record<string, { best: number; moves: Record<string, number> }>;
    }[],
    sign: number,
  ) => {
    for (const part of list) {
      parts++;
      const amount = name === "mass" ? part.mass_mg : part.elements_mg[name];
      residual += sign * (amount?.best ?? 0);
      for (const [cause, move] of Object.entries(amount?.moves ?? {}))
        moves.set(cause, (moves.get(cause) ?? 0) + sign * move);
    }
  };
  take(step.inputs, 1);
  take(step.additions, 1);
  take(step.outputs, -1);
  take(step.losses, -1);
  return { residual, sd: Math.hypot(...moves.values()), parts };
}

/** Law 4: for each feed and element, all claims not revoked against what was measured, added up here. */
function checkClaims(
  credential: CredentialShape,
  given: { book: Book; others: readonly CredentialShape[] },
  add: Add,
): void {
  const { book, others } = given;
  const all = new Map<string, PassportBody["feeds_mg"]>();
  for (const { passport, feeds_mg } of book.passports) {
    if (all.has(passport)) return add("feed_claims", "failed", `passport ${passport} is recorded twice`);
    if (!book.revoked.has(passport)) all.set(passport, feeds_mg);
  }
  for (const { credentialSubject: other } of [credential, ...others]) {
    if (!all.has(other.passport) && !book.revoked.has(other.passport))
      all.set(other.passport, other.claims_mg);
  }
  const claimed = new Map<string, number>();
  for (const feeds of all.values()) {
    for (const [feed, elements] of Object.entries(feeds)) {
      for (const [element, mg] of Object.entries(elements))
        claimed.set(`${feed}|${element}`, (claimed.get(`${feed}|${element}`) ?? 0) + mg);
    }
  }
  for (const [name, mg] of claimed) {
    const [feed = "", element = ""] = name.split("|");
    const measured = book.feeds.get(feed)?.elements_mg[element]?.best;
    if (measured === undefined)
      return add("feed_claims", "failed", `${element} is claimed on ${feed}, in which none was measured`);
    if (mg > measured) {
      return add(
        "feed_claims",
        "failed",
        `${mg} mg of ${element} is claimed on ${feed} over all passports, ${measured} mg was measured in it: ${mg - measured} mg too much`,
      );
    }
  }
  add(
    "feed_claims",
    "passed",
    `claims of ${all.size} passports on ${book.feeds.size} feeds stay within what was measured, added up from the entries`,
  );
}
