import { Fragment } from "react";

/** An oxide as programmes write it: one element, oxygen, and their counts. A lot's number is none. */
const OXIDE = /\b([A-Z][a-z]?\d{0,2}O\d{0,2})\b/;

/** A text with the counts of its oxides set low, as chemists read them; copied, it is the text itself. */
export function Formulas({ in: text }: { in: string }) {
  return (
    <>
      {text.split(OXIDE).map((part, k) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text have no name but their place
        <Fragment key={k}>{k % 2 === 1 ? <Oxide of={part} /> : part}</Fragment>
      ))}
    </>
  );
}

export const Oxide = ({ of }: { of: string }) => (
  <span className="keep">
    {of.split(/(\d+)/).map((part, k) =>
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a formula have no name but their place
      k % 2 === 1 ? <sub key={k}>{part}</sub> : <Fragment key={k}>{part}</Fragment>,
    )}
  </span>
);
