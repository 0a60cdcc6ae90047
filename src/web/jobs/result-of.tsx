import { FieldList } from "../kit/show/entry-body.tsx";
import { fieldsOf } from "../kit/show/fields.ts";
import { numberText, whole } from "../kit/show/figure-text.ts";

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
  if (Array.isArray(value)) {
    if (value.length <= READ_MAX || !value.every((v) => typeof v === "number"))
      return value.map(withoutCurves);
    const [least, most] = [Math.min, Math.max].map((of) => numberText(value.reduce((a, b) => of(a, b))).best);
    return `${whole(value.length)} figures, ${least} to ${most}`;
  }
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, withoutCurves(inner)]));
}
