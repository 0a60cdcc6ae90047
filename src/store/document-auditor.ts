import { createHash } from "node:crypto";
import type pg from "pg";
import type { Entry } from "../ledger/index.ts";
import type { AuditReport } from "./audit-report.ts";
import { ErasureAuditor } from "./erasure-auditor.ts";
import { documentsNamedBy, type NamedDocument } from "./named-documents.ts";
import type { PassportAuditor } from "./passport-auditor.ts";

interface Named extends NamedDocument {
  readonly seq: number;
}

interface Stored {
  readonly digest: string;
  readonly media_type: string;
  readonly name: string;
  readonly bytes: Buffer;
}

/**
 * Every digest that an entry names is a stored document of that type and name, or was erased by rule, and every stored document is
 * named and was not erased (P71, P115).
 */
export class DocumentAuditor {
  checked = 0;
  /** Documents that are not there because an entry erased them by rule. */
  erased = 0;
  private readonly erasures: ErasureAuditor;
  private readonly report: AuditReport;
  private readonly named = new Map<string, Named[]>();

  constructor(report: AuditReport) {
    this.report = report;
    this.erasures = new ErasureAuditor(report);
  }

  take(entry: Entry): void {
    this.erasures.take(entry);
    for (const document of documentsNamedBy(entry)) {
      const before = this.named.get(document.digest);
      if (before) before.push({ ...document, seq: entry.seq });
      else this.named.set(document.digest, [{ ...document, seq: entry.seq }]);
    }
  }

  /** Reads every document, one at a time: it can be as large as an upload may be. */
  async finish(client: pg.PoolClient, passports: PassportAuditor): Promise<void> {
    for (let after = ""; ; this.checked++) {
      const { rows } = await client.query<Stored>(
        "select digest, media_type, name, bytes from didym.document where digest > $1 order by digest limit 1",
        [after],
      );
      const document = rows[0];
      if (!document) break;
      after = document.digest;
      this.hold(document, passports);
    }
    for (const [digest, [first]] of this.named) {
      if (!first) continue;
      if (this.erasures.by(digest) !== undefined) {
        this.erased++;
        continue;
      }
      const why = `entry ${first.seq} names ${first.name} (${digest}), which is not there`;
      this.report.entry("documents", { seq: first.seq, fault: "document_missing", why });
    }
  }

  private hold({ digest, media_type, name, bytes }: Stored, passports: PassportAuditor): void {
    const named = this.named.get(digest);
    this.named.delete(digest);
    const fault = (code: string, why: string) =>
      this.report.other("documents", { at: `document ${digest}`, fault: code, why });
    if (createHash("sha256").update(bytes).digest("hex") === digest) passports.look(digest, bytes);
    else fault("document_changed", `the document ${digest} does not hash to its name`);
    const erased = this.erasures.by(digest);
    if (erased !== undefined)
      fault(
        "erased_document_kept",
        `entry ${erased} says that ${digest} (${name}) is erased, and it is there: trust erase-due takes it away`,
      );
    if (!named) return fault("document_not_named", `no entry names the document ${digest} (${name})`);
    if (named.some((by) => by.name === name && by.media_type === media_type)) return;
    const [first] = named;
    const kept = `is kept as ${name} (${media_type})`;
    fault(
      "document_renamed",
      `the document ${digest} ${kept}, entry ${first?.seq} has it as ${first?.name} (${first?.media_type})`,
    );
  }
}
