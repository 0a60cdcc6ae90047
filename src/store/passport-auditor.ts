import type pg from "pg";
import { type Json, proofFault, signerOf } from "../certify/index.ts";
import type { Entry } from "../ledger/index.ts";
import { canonicalJson } from "../quantity/index.ts";
import type { AuditReport } from "./audit-report.ts";
import { type NotedHead, notHeld } from "./noted-heads.ts";

interface Issued {
  readonly seq: number;
  readonly passport: string;
  readonly lot: string;
  readonly mass_mg: number;
  readonly oxide?: string;
  readonly feeds_mg: object;
  readonly issued_by?: string;
  readonly signed_by?: string;
}

interface Signed {
  readonly seq: number;
  readonly passport: string;
}

/** What a signed passport says, as far as it is held against the log. */
interface Subject {
  readonly passport?: unknown;
  readonly product?: { readonly lot?: unknown; readonly oxide?: unknown; readonly net_mass_mg?: unknown };
  readonly claims_mg?: unknown;
  readonly head?: { readonly seq?: unknown; readonly hash?: unknown };
}

/** Which key a party signed a passport with, by the log. */
export interface SignedWith {
  readonly seq: number;
  readonly passport: string;
  readonly party: string | undefined;
  readonly did: string | undefined;
}

/**
 * Holds every signed passport against the log (P72): its signature, what it says of itself, and the head it was signed on. A
 * history that was written anew afterwards has another hash there.
 */
export class PassportAuditor {
  checked = 0;
  readonly signedWith: SignedWith[] = [];
  private readonly report: AuditReport;
  private readonly issued = new Map<string, Issued>();
  private readonly byDigest = new Map<string, Signed[]>();
  private readonly heads: { readonly head: NotedHead; readonly signed: Signed }[] = [];

  constructor(report: AuditReport) {
    this.report = report;
  }

  take({ kind, body, seq }: Entry): void {
    if (kind === "passport_issued")
      this.issued.set(String(body["passport"]), { ...(body as unknown as Issued), seq });
    if (kind !== "passport_signed") return;
    const { passport, credential_digest } = body as { passport: string; credential_digest: string };
    const { issued_by, signed_by } = this.issued.get(passport) ?? {};
    this.signedWith.push({ seq, passport, party: issued_by, did: signed_by });
    this.byDigest.set(credential_digest, [
      ...(this.byDigest.get(credential_digest) ?? []),
      { seq, passport },
    ]);
  }

  /** A stored document, whole: of those that are passports, what it says is held against the log. */
  look(digest: string, bytes: Uint8Array): void {
    for (const signed of this.byDigest.get(digest) ?? []) {
      this.checked++;
      const credential = parsed(bytes);
      if (credential) this.hold(credential, signed);
      else this.fault(signed, "passport_differs", `${signed.passport} is not JSON`);
    }
  }

  /** What can only be said when the whole chain and every document was read. */
  async finish(client: pg.PoolClient): Promise<void> {
    const signed = new Set(this.signedWith.map(({ passport }) => passport));
    for (const { seq, passport, signed_by } of this.issued.values())
      if (signed_by !== undefined && !signed.has(passport))
        this.fault(
          { seq, passport },
          "passport_not_signed",
          `${passport} was issued, and no signed one is on the books`,
        );
    await this.holdHeads(client);
  }

  /** The heads that passports were signed on. */
  private async holdHeads(client: pg.PoolClient): Promise<void> {
    const faults = await notHeld(
      client,
      this.heads.map(({ head }) => head),
    );
    for (const [i, why] of faults) {
      const signed = this.heads[i]?.signed;
      if (signed)
        this.fault(
          signed,
          "passport_head_differs",
          `${signed.passport} was signed on another history: ${why}`,
        );
    }
  }

  private hold(credential: Json, signed: Signed): void {
    const broken = proofFault(credential);
    const issued = this.issued.get(signed.passport);
    const signer = signerOf(credential);
    if (broken)
      this.fault(signed, "passport_signature_wrong", `${signed.passport}: ${broken.replaceAll("_", " ")}`);
    else if (issued?.signed_by !== undefined && issued.signed_by !== signer)
      this.fault(
        signed,
        "passport_signature_wrong",
        `${signed.passport} is signed by ${signer}, the log says ${issued.signed_by}`,
      );
    const subject = (credential["credentialSubject"] ?? {}) as Subject;
    const differs = differences(subject, signed.passport, issued);
    if (differs.length > 0)
      this.fault(
        signed,
        "passport_differs",
        `${signed.passport} differs from the log in ${differs.join(", ")}`,
      );
    const { seq, hash } = subject.head ?? {};
    if (
      !Number.isSafeInteger(seq) ||
      typeof seq !== "number" ||
      typeof hash !== "string" ||
      seq >= signed.seq
    )
      this.fault(signed, "passport_head_differs", `${signed.passport} names no head of before it was signed`);
    else this.heads.push({ head: { seq, hash }, signed });
  }

  private fault({ seq }: Signed, fault: string, why: string): void {
    this.report.entry("passports", { seq, fault, why });
  }
}

function differences(subject: Subject, passport: string, issued: Issued | undefined): string[] {
  if (!issued) return ["that it was never issued"];
  const { lot, oxide, net_mass_mg } = subject.product ?? {};
  const pairs: readonly (readonly [string, unknown, unknown])[] = [
    ["its number", subject.passport, passport],
    ["its lot", lot, issued.lot],
    ["its product", oxide, issued.oxide],
    ["its mass", net_mass_mg, issued.mass_mg],
    ["its claims", subject.claims_mg, issued.feeds_mg],
  ];
  return pairs
    .filter(([, told, logged]) => canonicalJson(told ?? null) !== canonicalJson(logged ?? null))
    .map(([what]) => what);
}

function parsed(bytes: Uint8Array): Json | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(bytes).toString("utf8"));
    return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Json) : undefined;
  } catch {
    // What is no JSON is no passport; the caller says so.
    return undefined;
  }
}
