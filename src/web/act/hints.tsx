import { useAsk } from "../kit/client/hooks.ts";
import { hintsFor, type Suggestions } from "./suggestions.ts";

/** Fields that ask for a thing with a number: what begins as it was written so far is offered. */
const NUMBERED = /^(lot|sample|shipment|campaign|passport|order|consignment)( \d+)?$/;

/** What may be written into a field, offered under it by the browser; anything else may be written too. */
export function Hints(props: { id: string; name: string; text: string; suggestions: Suggestions }) {
  const { id, name, text, suggestions } = props;
  const what = NUMBERED.exec(name)?.[1];
  const asked = useAsk<{ items: readonly { readonly what: string; readonly id: string }[] }>(
    "overview/find",
    { text: text.trim() },
    { enabled: what !== undefined && text.trim() !== "" },
  );
  const found = (asked.data?.items ?? []).filter((hit) => hit.what === what).map((hit) => hit.id);
  return (
    <datalist id={id}>
      {[...hintsFor(name, suggestions), ...found].map((hint) => (
        <option key={hint} value={hint} />
      ))}
    </datalist>
  );
}
