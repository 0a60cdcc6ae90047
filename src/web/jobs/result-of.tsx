import { FieldList } from "../books/entry-body.tsx";
import { fieldsOf } from "../books/fields.ts";
import { whole } from "../show/figure-text.ts";

/** A row of figures longer than this is a curve: it is downloaded, not read. */
const READ_MAX = 20;

/** What a command answered, or what was worked out, as labelled fields; the whole of it is a file to download. */
export function ResultOf({ job, result }: { job: string; result: unknown }) {
  const shown = withoutCurves(typeof result === "object" && result !== null ? result : { result });
  return (
    <>
      <FieldList of={fieldsOf(shown as Readonly<Record<string, unknown>>)} />
      <p>
        <a href={`/api/jobs/${job}`} download={`${job}.json`}>
          Download all of it
        </a>
      </p>
    </>
  );
}

function withoutCurves(value: unknown): unknown {
  if (Array.isArray(value))
    return value.length > READ_MAX && value.every((v) => typeof v === "number")
      ? `${whole(value.length)} figures, ${Math.min(...value)} to ${Math.max(...value)}`
      : value.map(withoutCurves);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, withoutCurves(inner)]));
}
