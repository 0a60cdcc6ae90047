import { TextInput } from "@mantine/core";
import { useAsk } from "../api/hooks.ts";
import { ElementTable } from "../overview/element-table.tsx";
import type { Balance } from "../overview/now.ts";
import { useWho } from "../shell/who.tsx";
import { timeText } from "../show/figure-text.ts";
import { useFilter } from "../show/filter.ts";
import { useNames } from "../show/named.tsx";
import { Panel } from "../show/page.tsx";
import { Answered } from "../show/states.tsx";
import { endOfDay } from "./day.ts";

interface BooksAsOf extends Balance {
  readonly last_entry?: { readonly seq: number; readonly time: string; readonly hash: string };
  readonly head_seq: number;
  readonly lots_on_hand: number;
}

/** The books as they stood at the end of a day, folded again from the entries up to there. */
export function AsOf() {
  const [day, setDay] = useFilter("day");
  const at = endOfDay(day);
  const { view } = useWho();
  const names = useNames();
  const asked = useAsk<BooksAsOf>("ledger/as-of", { at, owner: view });
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
