import { TextInput } from "@mantine/core";
import { ElementTable } from "../account/element-table.tsx";
import { useAsk } from "../kit/client/hooks.ts";
import { endOfDay } from "../kit/show/day.ts";
import { timeText } from "../kit/show/figure-text.ts";
import { useFilter } from "../kit/show/filter.ts";
import { useNames } from "../kit/show/named.tsx";
import { Panel } from "../kit/show/page.tsx";
import { Answered } from "../kit/show/states.tsx";
import { useWho } from "../kit/who.tsx";

/** The books as they stood at the end of a day, folded again from the entries up to there. */
export function AsOf() {
  const [day, setDay] = useFilter("day");
  const at = endOfDay(day);
  const { view } = useWho();
  const names = useNames();
  const asked = useAsk("ledger/as-of", { at, owner: view });
  return (
    <Panel
      title="The books as of"
      says="Folded again from the first entry on, up to the end of the day. Nothing written later counts."
    >
      <div className="filters">
        <TextInput
          label="Day"
          type="date"
          value={day ?? ""}
          onChange={(e) => setDay(e.currentTarget.value)}
        />
        {day ? (
          <button type="button" className="plain" onClick={() => setDay(undefined)}>
            As they are now
          </button>
        ) : null}
      </div>
      <Answered asked={asked} rows={5}>
        {(books) => (
          <>
            <p role="status">
              {books.last_entry
                ? `${books.last_entry.seq} of ${books.head_seq} entries, the last of ${timeText(books.last_entry.time)}; ${books.lots_on_hand} lots on hand.`
                : books.head_seq === 0
                  ? "No entry is on the books yet."
                  : `None of the ${books.head_seq} entries was written by then.`}{" "}
              {view ? `Only what belongs to ${names.party(view)}. ` : ""}
              {books.last_entry ? (
                <span className="dim">
                  Its hash stands for all before it:{" "}
                  <span className="mono">{books.last_entry.hash.slice(0, 12)}…</span>
                </span>
              ) : null}
            </p>
            <ElementTable balance={books} />
          </>
        )}
      </Answered>
    </Panel>
  );
}
