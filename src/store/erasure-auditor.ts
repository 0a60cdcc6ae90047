import type { Entry } from "../ledger/index.ts";
import { table } from "../quantity/index.ts";
import type { AuditReport } from "./audit-report.ts";
import { documentsNamedBy, ERASURE } from "./named-documents.ts";

type Body = Readonly<Record<string, unknown>>;

/** What retention may delete, by the kind of entry that names it. */
const KIND_OF: Readonly<Record<string, string>> = table({
  manifest_read: "manifests",
  lines_identified: "manifests",
  rows_found: "manifests",
  row_resolved: "manifests",
  line_corrected: "manifests",
  approval_asked: "manifests",
  media_sanitized: "sanitization",
  sanitization_certified: "certificates",
  serial_key_made: "key",
});

interface Paper {
  readonly kind: string;
  /** None of a key: it is of every consignment whose serial numbers it compares. */
  readonly consignment: string | undefined;
}

/** Instants in milliseconds, each the later of what its entry states and when that was written. */
interface Consignment {
  readonly owner: string;
  readonly booked?: number;
  readonly certified?: number;
  readonly sanitized?: true;
}

const DAY_MS = 24 * 60 * 60 * 1000;
const text = (body: Body, name: string): string => String(body[name]);
/** Parties name their holds each for itself. */
const holdOf = (body: Body): string => `${text(body, "party")} ${text(body, "hold")}`;
const texts = (body: Body, name: string): readonly string[] => (body[name] as readonly string[]) ?? [];

/**
 * Holds each erasure against the rules and holds that stood when it was written, with arithmetic of its own (P115): what was erased
 * by rule is no document that is missing.
 */
export class ErasureAuditor {
  private readonly report: AuditReport;
  private readonly papers = new Map<string, Paper>();
  private readonly consignments = new Map<string, Consignment>();
  /** Days by party and kind, and whose hold is on what. */
  private readonly rules = new Map<string, number>();
  private readonly holds = new Map<string, { readonly party: string; readonly consignment: unknown }>();
  private readonly erased = new Map<string, number>();

  constructor(report: AuditReport) {
    this.report = report;
  }

  /** The entry that erased a document. */
  by(digest: string): number | undefined {
    return this.erased.get(digest);
  }

  take(entry: Entry): void {
    const { kind, body } = entry;
    const of = Object.hasOwn(KIND_OF, kind) ? KIND_OF[kind] : undefined;
    if (of !== undefined)
      for (const { digest } of documentsNamedBy(entry))
        this.papers.set(digest, { kind: of, consignment: body["consignment"] as string | undefined });
    this.follow(entry);
    if (kind === ERASURE) this.hold(entry);
  }

  private follow({ kind, time, body }: Entry): void {
    const id = text(body, "consignment");
    const known = this.consignments.get(id);
    const at = Math.max(Date.parse(text(body, "at")), Date.parse(time));
    switch (kind) {
      case "consignment_received":
        this.consignments.set(id, { owner: text(body, "owner") });
        return;
      case "media_sanitized":
        if (known) this.consignments.set(id, { ...known, sanitized: true });
        return;
      case "consignment_booked":
        if (known) this.consignments.set(id, { ...known, booked: at });
        return;
      case "sanitization_certified":
        if (known && body["complete"] === true) this.consignments.set(id, { ...known, certified: at });
        return;
      case "retention_set": {
        const rule = `${text(body, "party")} ${text(body, "kind")}`;
        if (typeof body["days"] === "number") this.rules.set(rule, body["days"]);
        else this.rules.delete(rule);
        return;
      }
      case "legal_hold_set":
        this.holds.set(holdOf(body), { party: text(body, "party"), consignment: body["consignment"] });
        return;
      case "legal_hold_lifted":
        this.holds.delete(holdOf(body));
        return;
    }
  }

  private hold({ seq, time, body }: Entry): void {
    const id = text(body, "consignment");
    const consignment = this.consignments.get(id);
    const fault = (code: string, why: string) =>
      this.report.entry("documents", { seq, fault: code, why: `entry ${seq}: ${why}` });
    for (const [hold, { party, consignment: of }] of this.holds) {
      if (party === consignment?.owner && (of === undefined || of === id))
        fault("erased_under_hold", `${id} was erased while ${hold} held it`);
    }
    const kinds = new Set(texts(body, "kinds"));
    for (const kind of kinds) {
      const days = this.rules.get(`${consignment?.owner} ${kind}`);
      if (days === undefined) fault("erased_without_rule", `no rule deletes ${kind} of ${id}`);
      else if (!isOver(consignment, days, time))
        fault("erased_early", `${kind} of ${id} are kept for ${days} days after it is done with`);
    }
    for (const digest of texts(body, "digests")) {
      const paper = this.papers.get(digest);
      const its = paper && (paper.kind === "key" || (kinds.has(paper.kind) && paper.consignment === id));
      if (!its) fault("erased_of_another", `${digest} is none of what it erases of ${id}`);
      this.erased.set(digest, seq);
    }
  }
}

/** Whether so many days are over since the consignment was done with: its lots opened, what was sanitized certified whole. */
function isOver(consignment: Consignment | undefined, days: number, time: string): boolean {
  if (consignment?.booked === undefined) return false;
  const { booked, certified, sanitized } = consignment;
  if (sanitized && certified === undefined) return false;
  const since = Math.max(booked, certified ?? booked);
  return Date.parse(time) >= since + days * DAY_MS;
}
