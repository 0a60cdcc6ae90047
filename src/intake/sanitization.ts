import { done, type Refusal, type Result, refuse } from "../quantity/index.ts";
import { type DataBearing, holdsUp } from "./data-bearing.ts";

/** One record of sanitization, with the fields of NIST SP 800-88 (rev. 1, 4.8 and appendix G; rev. 2, 4.6), by role, not by name. */
export interface SanitizationRecord {
  readonly row: number;
  readonly revision: "1" | "2";
  readonly media: {
    readonly type: string;
    readonly manufacturer: string;
    readonly model: string;
    readonly serial?: string;
    readonly property_number?: string;
    readonly source?: string;
  };
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
}

export interface SanitizationFinding {
  readonly record: number;
  readonly code: SanitizationCode;
  readonly message: string;
}

type SanitizationCode =
  | "line_unknown"
  | "no_data_on_line"
  | "verification_failed"
  | "degauss_is_not_destroy"
  | "serial_repeated"
  | "same_role_validated"
  | "more_than_the_line_holds"
  | "batch_has_serial";

/** What is known of a line when its records are judged. */
export interface LineToSanitize {
  readonly row: number;
  readonly quantity: number;
  readonly bears: DataBearing;
  readonly sanitized: number;
}

/** Judges records one by one (N9): the accepted ones, and for each other why not. */
export function judgeSanitization(
  records: readonly SanitizationRecord[],
  lines: ReadonlyMap<number, LineToSanitize>,
  serialsBefore: ReadonlySet<string>,
): { accepted: SanitizationRecord[]; findings: SanitizationFinding[] } {
  const accepted: SanitizationRecord[] = [];
  const findings: SanitizationFinding[] = [];
  const done_now = new Map<number, number>();
  const serials = new Set(serialsBefore);
  for (const [i, record] of records.entries()) {
    const line = lines.get(record.row);
    const before = (line?.sanitized ?? 0) + (done_now.get(record.row) ?? 0);
    const judged = judge(record, { line, before, serials });
    if (!judged.ok) {
      findings.push({ record: i, code: judged.refusal.code, message: judged.refusal.message });
      continue;
    }
    accepted.push(record);
    done_now.set(record.row, (done_now.get(record.row) ?? 0) + record.devices);
    if (record.media.serial) serials.add(record.media.serial);
  }
  return { accepted, findings };
}

function judge(
  record: SanitizationRecord,
  known: { line: LineToSanitize | undefined; before: number; serials: ReadonlySet<string> },
): Result<true, Refusal<SanitizationCode>> {
  const { line, before, serials } = known;
  const { serial } = record.media;
  if (!line) return refuse("line_unknown", "row", `the consignment has no line ${record.row}`);
  if (!holdsUp(line.bears)) return refuse("no_data_on_line", "row", `line ${record.row} bears no data`);
  if (record.verification.result !== "passed")
    return refuse("verification_failed", "verification", "a sanitization that was not verified is not one");
  if (record.revision === "2" && record.method === "destroy" && /degauss/i.test(record.technique)) {
    return refuse(
      "degauss_is_not_destroy",
      "technique",
      "revision 2 does not count degaussing as destruction",
    );
  }
  if (record.validated_by === record.sanitized_by) {
    return refuse("same_role_validated", "validated_by", "who sanitized does not validate");
  }
  if (serial !== undefined && serials.has(serial))
    return refuse("serial_repeated", "serial", `serial ${serial} has a record already`);
  if (serial !== undefined && record.devices !== 1)
    return refuse("batch_has_serial", "devices", "a serial number is one device's");
  if (before + record.devices > line.quantity) {
    return refuse(
      "more_than_the_line_holds",
      "devices",
      `line ${record.row} holds ${line.quantity} devices, ${before} are sanitized already`,
    );
  }
  return done(true);
}
