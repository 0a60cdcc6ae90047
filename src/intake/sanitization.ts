import { done, type Refusal, type Result, refuse } from "../quantity/index.ts";
import { serialKey } from "./cells.ts";
import { type DataBearing, holdsUp } from "./data-bearing.ts";
import type { ParticularsAt } from "./particulars.ts";

/** One record of sanitization, with the fields of NIST SP 800-88 (rev. 1, 4.8 and appendix G; rev. 2, 4.6), by role, not by name. */
export interface SanitizationRecord {
  /** Line of the consignment. */
  readonly row: number;
  /** Under which revision the record was made; a record is judged by its own revision. */
  readonly revision: "1" | "2";
  readonly media: {
    readonly type: string;
    readonly manufacturer: string;
    readonly model: string;
    readonly serial?: string;
    readonly property_number?: string;
    /** The device or user it came from, such as the asset tag of the computer. */
    readonly source?: string;
  };
  /** Confidentiality before and after, where the owner keeps categories. */
  readonly category_before?: string;
  readonly category_after?: string;
  /** More than one only where a batch was destroyed together and serials were not read. */
  readonly devices: number;
  readonly method: "clear" | "purge" | "destroy";
  readonly technique: string;
  readonly tool: string;
  readonly tool_version?: string;
  readonly verification: { readonly method: string; readonly result: "passed" | "failed" };
  readonly sanitized_by: string;
  readonly validated_by: string;
  readonly place: string;
  readonly at: string;
  readonly destination: string;
  readonly notes?: string;
  /** Of a record whose serial number stands apart: its keyed digest, and by the name of which key. */
  readonly serial_tag?: string;
}

export interface SanitizationFinding {
  /** Position in the list given, from 0. */
  readonly record: number;
  readonly column: string;
  readonly code: SanitizationCode;
  readonly severity: "rejected";
  readonly message: string;
}

export type SanitizationCode =
  | "line_unknown"
  | "no_data_on_line"
  | "verification_failed"
  | "degauss_is_not_destroy"
  | "tool_version_missing"
  | "same_role_validated"
  | "serial_unreadable"
  | "serial_repeated"
  | "serial_not_on_line"
  | "batch_has_serial"
  | "batch_not_destroyed"
  | "more_than_the_line_holds";

/** What is known of a line when its records are judged. */
export interface LineToSanitize {
  readonly row: number;
  readonly quantity: number;
  readonly bears: DataBearing;
  readonly sanitized: number;
  readonly serials: readonly string[];
  readonly particulars?: ParticularsAt;
}

/** What is known of a serial number that was sanitized before. */
export interface SerialBefore {
  readonly consignment: string;
  readonly method: SanitizationRecord["method"];
}

export interface Judged {
  readonly accepted: SanitizationRecord[];
  readonly findings: SanitizationFinding[];
}

/** Judges records one by one (N9): the accepted ones, and for each other why not. `serials` is keyed by `serialKey`. */
export function judgeSanitization(
  records: readonly SanitizationRecord[],
  known: {
    readonly consignment: string;
    readonly lines: ReadonlyMap<number, LineToSanitize>;
    readonly serials: ReadonlyMap<string, SerialBefore>;
  },
): Judged {
  const accepted: SanitizationRecord[] = [];
  const findings: SanitizationFinding[] = [];
  const countNow = new Map<number, number>();
  const taken = new Set<string>();
  for (const [serial, before] of known.serials) {
    // A drive that was only cleared or purged may come back one day, with another consignment.
    if (before.consignment === known.consignment || before.method === "destroy") taken.add(serial);
  }
  for (const [i, record] of records.entries()) {
    const line = known.lines.get(record.row);
    const before = (line?.sanitized ?? 0) + (countNow.get(record.row) ?? 0);
    const judged = judge(record, { line, before, taken });
    if (!judged.ok) {
      const { code, at, message } = judged.refusal;
      findings.push({ record: i, column: at, code, severity: "rejected", message });
      continue;
    }
    accepted.push(record);
    countNow.set(record.row, (countNow.get(record.row) ?? 0) + record.devices);
    if (record.media.serial !== undefined) taken.add(serialKey(record.media.serial));
  }
  return { accepted, findings };
}

interface Known {
  readonly line: LineToSanitize | undefined;
  readonly before: number;
  readonly taken: ReadonlySet<string>;
}

type Verdict = Result<true, Refusal<SanitizationCode>>;

function judge(record: SanitizationRecord, known: Known): Verdict {
  const { line, before } = known;
  if (!line) return refuse("line_unknown", "row", `the consignment has no line ${record.row}`);
  if (!holdsUp(line.bears)) return refuse("no_data_on_line", "row", `line ${record.row} bears no data`);
  const how = judgeMethod(record);
  if (!how.ok) return how;
  const which = judgeSerial(record, line, known.taken);
  if (!which.ok) return which;
  if (before + record.devices > line.quantity) {
    return refuse(
      "more_than_the_line_holds",
      "devices",
      `line ${record.row} holds ${line.quantity} devices, ${before} are sanitized already`,
    );
  }
  return done(true);
}

function judgeMethod(record: SanitizationRecord): Verdict {
  if (record.verification.result !== "passed")
    return refuse("verification_failed", "verification", "a sanitization that was not verified is not one");
  if (record.revision === "2" && record.method === "destroy" && /degauss/i.test(record.technique)) {
    return refuse(
      "degauss_is_not_destroy",
      "technique",
      "revision 2 does not count degaussing as destruction",
    );
  }
  if (record.method !== "destroy" && record.tool_version === undefined) {
    return refuse("tool_version_missing", "tool_version", "a clear or purge names its tool with its version");
  }
  if (sameRole(record.validated_by, record.sanitized_by)) {
    return refuse("same_role_validated", "validated_by", "who sanitized does not validate");
  }
  return done(true);
}

const sameRole = (a: string, b: string): boolean => a.trim().toLowerCase() === b.trim().toLowerCase();

function judgeSerial(record: SanitizationRecord, line: LineToSanitize, taken: ReadonlySet<string>): Verdict {
  const { serial } = record.media;
  if (serial === undefined) {
    if (record.devices > 1 && record.method !== "destroy")
      return refuse("batch_not_destroyed", "devices", "only what is destroyed together goes without serials");
    return done(true);
  }
  const key = serialKey(serial);
  if (key === "" || key.length > 100)
    return refuse("serial_unreadable", "serial", "a serial number has 1 to 100 characters");
  if (record.devices !== 1) return refuse("batch_has_serial", "devices", "a serial number is one device's");
  if (taken.has(key)) return refuse("serial_repeated", "serial", "this serial number has a record already");
  // Only a line that names every one of its devices can say that this one is not among them.
  const complete = line.serials.length >= line.quantity;
  if (complete && !line.serials.some((s) => serialKey(s) === key))
    return refuse(
      "serial_not_on_line",
      "serial",
      `line ${line.row} lists its serials, and this is none of them`,
    );
  return done(true);
}

/** The certificate of sanitization as JSON; every record as it was accepted. */
export interface SanitizationCertificate {
  readonly kind: "certificate_of_sanitization";
  readonly standard: string;
  readonly revisions: readonly string[];
  readonly consignment: string;
  readonly received_at: string;
  readonly issued_by: string;
  readonly site: string;
  readonly issued_at: string;
  readonly sample: boolean;
  readonly devices: number;
  /** Data-bearing devices that have no accepted record: while it is above zero, this certificate covers a part. */
  readonly open_devices: number;
  /** Rows of the manifest that nobody has settled: what they hold is not known. */
  readonly unresolved_rows: number;
  readonly complete: boolean;
  readonly by_method: Readonly<Record<string, number>>;
  readonly records: readonly SanitizationRecord[];
}

/** Refuses `records_missing`: without an accepted record there is nothing to certify. */
export function certificateOf(
  consignment: {
    readonly consignment: string;
    readonly site: string;
    readonly at: string;
    readonly open_devices: number;
    readonly unresolved_rows: number;
  },
  records: readonly SanitizationRecord[],
  issue: { readonly by: string; readonly at: string; readonly sample: boolean },
): Result<SanitizationCertificate, Refusal<"records_missing">> {
  const { consignment: id, site, at, open_devices, unresolved_rows } = consignment;
  if (records.length === 0)
    return refuse("records_missing", "consignment", `${id} has no accepted sanitization record`);
  const by_method: Record<string, number> = {};
  for (const { method, devices } of records) by_method[method] = (by_method[method] ?? 0) + devices;
  return done({
    kind: "certificate_of_sanitization",
    standard: "NIST SP 800-88, revision as stated on each record",
    revisions: [...new Set(records.map((r) => r.revision))].sort(),
    consignment: id,
    received_at: at,
    issued_by: issue.by,
    site,
    issued_at: issue.at,
    sample: issue.sample,
    devices: records.reduce((n, r) => n + r.devices, 0),
    open_devices,
    unresolved_rows,
    complete: open_devices === 0 && unresolved_rows === 0,
    by_method,
    records,
  });
}
