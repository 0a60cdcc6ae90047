import type pg from "pg";
import type { AuditReport } from "./audit-report.ts";
import type { EntryRow } from "./entry-row.ts";
import { type ForRequest, forRequestOf } from "./for-request.ts";

interface Answered {
  readonly key: string;
  readonly seq: string;
  readonly request: string;
  /** SHA-256 of the answer as it is kept. */
  readonly answered: string;
}

/** The last entry of a request, as far as the log was read. */
interface Last {
  readonly seq: number;
  readonly key: string;
  readonly sealed: ForRequest | undefined;
}

/**
 * Holds each answer against the last entry of its request (P70): it is there, names that entry, and is what was asked and
 * answered. A request that lost its answer would be carried out a second time when it is repeated.
 */
export class RequestAuditor {
  /** Requests of before what was asked and answered stood in the entry. */
  notProvable = 0;
  private readonly client: pg.PoolClient;
  private readonly report: AuditReport;
  private last: Last | undefined;
  private upTo = 0;
  private sealedFrom: number | undefined;
  private ended: Last[] = [];

  constructor(client: pg.PoolClient, report: AuditReport) {
    this.client = client;
    this.report = report;
  }

  /** One entry after the other; `body` is undefined where it cannot be read. */
  take(row: EntryRow, body: Readonly<Record<string, unknown>> | undefined): void {
    if (this.last && this.last.key !== row.key) this.ended.push(this.last);
    this.last = { seq: Number(row.seq), key: row.key, sealed: body && forRequestOf(body) };
  }

  /** Looks at the answers to what was taken since the last time. */
  async look(): Promise<void> {
    const ended = this.ended;
    const [from, to] = [this.upTo, ended.at(-1)?.seq ?? this.upTo];
    this.ended = [];
    this.upTo = to;
    if (ended.length > 0) this.hold(ended, await this.answers("seq > $1 and seq <= $2", [from, to]));
  }

  async finish(): Promise<void> {
    if (this.last) this.ended.push(this.last);
    await this.look();
    for (const answer of await this.answers("seq > $1 or seq < 1", [this.upTo]))
      this.stray(answer, "answer_without_entry", "which is not there");
  }

  private async answers(where: string, values: readonly number[]): Promise<readonly Answered[]> {
    const { rows } = await this.client.query<Answered>(
      `select key, seq, request, encode(sha256(convert_to(answer, 'UTF8')), 'hex') as answered
       from didym.request where ${where} order by seq, key`,
      [...values],
    );
    return rows;
  }

  private hold(ended: readonly Last[], answers: readonly Answered[]): void {
    const byEntry = new Map<number, Answered>();
    const lasts = new Map(ended.map((last) => [last.seq, last]));
    for (const answer of answers) {
      const seq = Number(answer.seq);
      if (lasts.get(seq)?.key === answer.key) byEntry.set(seq, answer);
      else this.stray(answer, "answer_differs", "which is not the last that was written for it");
    }
    for (const last of ended) this.holdOne(last, byEntry.get(last.seq));
  }

  private holdOne({ seq, key, sealed }: Last, answer: Answered | undefined): void {
    if (!answer) return this.fault(seq, "answer_differs", `the request ${key} of entry ${seq} has no answer`);
    if (!sealed) {
      if (this.sealedFrom === undefined) this.notProvable++;
      else
        this.fault(
          seq,
          "answer_not_sealed",
          `entry ${seq} does not say what was asked and answered, entries from ${this.sealedFrom} on do`,
        );
      return;
    }
    this.sealedFrom ??= seq;
    if (sealed.asked !== answer.request)
      this.fault(seq, "request_changed", `what ${key} asked is not what entry ${seq} was written for`);
    if (sealed.answered !== answer.answered)
      this.fault(
        seq,
        "answer_changed",
        `the answer to ${key} is not what was answered when entry ${seq} was written`,
      );
  }

  /** An answer that belongs to no entry it names. */
  private stray({ key, seq }: Answered, fault: string, why: string): void {
    this.report.other("answers", {
      at: `answer ${key}`,
      fault,
      why: `the answer to ${key} names entry ${seq}, ${why}`,
    });
  }

  private fault(seq: number, fault: string, why: string): void {
    this.report.entry("answers", { seq, fault, why });
  }
}
