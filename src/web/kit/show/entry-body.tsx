import { useState } from "react";
import { fieldsOf, type Shown, type Value } from "./fields.ts";
import { Amount, Mass } from "./figure.tsx";
import { timeText, whole } from "./figure-text.ts";
import { Go } from "./go.tsx";

/** Longer lists are opened on demand: a manifest may hold thousands of lines. */
const LIST_MAX = 8;

/** What an entry says, as labelled fields; made only when it is opened. `opened` is how it stands at first. */
export function EntryBody(props: { body: Readonly<Record<string, unknown>>; opened?: boolean }) {
  const { body, opened = false } = props;
  const [open, setOpen] = useState(opened);
  if (body["sealed_to_you"]) return <span className="dim">another firm's</span>;
  return (
    <details open={opened} onToggle={(e) => setOpen(e.currentTarget.open)}>
      <summary className="keep">open</summary>
      {open ? <FieldList of={fieldsOf(body)} /> : null}
    </details>
  );
}

export function FieldList({ of }: { of: readonly Shown[] }) {
  return (
    <dl className="facts entry">
      {of.map(({ label, value }) => (
        <Field key={label} label={label} value={value} />
      ))}
    </dl>
  );
}

const Field = ({ label, value }: Shown) => (
  <>
    <dt>{label}</dt>
    <dd>
      <ValueOf value={value} />
    </dd>
  </>
);

function ValueOf({ value }: { value: Value }) {
  switch (value.as) {
    case "text":
      return value.mono ? <span className="mono">{value.text}</span> : value.text;
    case "time":
      return timeText(value.at);
    case "mass":
      return (
        <>
          <Mass mg={value.mg} sd={value.sd_mg} />
          {value.below ? <span className="dim"> from a reading below detection</span> : null}
        </>
      );
    case "number":
      // A count: rows, entries, cycles.
      if (Number.isInteger(value.value) && value.sd === undefined && !value.unit) return whole(value.value);
      return (
        <Amount
          value={value.value}
          {...(value.sd === undefined ? {} : { sd: value.sd })}
          {...(value.unit ? { unit: value.unit } : {})}
        />
      );
    case "link":
      return <Go to={value.to}>{value.text}</Go>;
    case "fields":
      return <FieldList of={value.of} />;
    case "list":
      return <ListOf of={value.of} />;
  }
}

function ListOf({ of }: { of: readonly Value[] }) {
  const [all, setAll] = useState(false);
  const shown = all ? of : of.slice(0, LIST_MAX);
  return (
    <ul className="list">
      {shown.map((value, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an entry never changes, so its places are its names
        <li key={i}>
          <ValueOf value={value} />
        </li>
      ))}
      {of.length > shown.length ? (
        <li>
          <button type="button" className="plain" onClick={() => setAll(true)}>
            Show all {of.length}
          </button>
        </li>
      ) : null}
    </ul>
  );
}
