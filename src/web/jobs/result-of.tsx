import { FieldList } from "../books/entry-body.tsx";
import { fieldsOf } from "../books/fields.ts";

/** What a command answered, or what was worked out, as labelled fields. */
export function ResultOf({ result }: { result: unknown }) {
  const shown = typeof result === "object" && result !== null ? result : { result };
  return <FieldList of={fieldsOf(shown as Readonly<Record<string, unknown>>)} />;
}
