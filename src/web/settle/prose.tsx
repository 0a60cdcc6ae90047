import { datesIn } from "../kit/show/figure-text.ts";
import { Formulas } from "../kit/show/formula.tsx";
import { useNames } from "../kit/show/named.tsx";

/** Words as identifiers are written, without the full stop or colon of the sentence behind them. */
const IDENTIFIERS = /[A-Za-z0-9](?:[A-Za-z0-9._:-]*[A-Za-z0-9])?/g;

/** An agreement as its numbered sentences, with the names of its parties and days as everything else here has them. */
export function Prose({ of }: { of: readonly string[] }) {
  const { party } = useNames();
  return (
    <ol className="prose">
      {of.map((sentence) => (
        <li key={sentence}>
          <Formulas in={datesIn(sentence).replace(IDENTIFIERS, party)} />
        </li>
      ))}
    </ol>
  );
}
