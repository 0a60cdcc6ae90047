import { Fragment } from "react";
import { countsIn, oxidesIn } from "./formula-text.ts";

/** A text with the counts of its oxides set low, as chemists read them; copied, it is the text itself. */
export function Formulas({ in: text }: { in: string }) {
  return (
    <>
      {oxidesIn(text).map((part, k) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text have no name but their place
        <Fragment key={k}>{k % 2 === 1 ? <Oxide of={part} /> : part}</Fragment>
      ))}
    </>
  );
}

export const Oxide = ({ of }: { of: string }) => (
  <span className="formula">
    {countsIn(of).map((part, k) =>
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a formula have no name but their place
      k % 2 === 1 ? <sub key={k}>{part}</sub> : <Fragment key={k}>{part}</Fragment>,
    )}
  </span>
);
