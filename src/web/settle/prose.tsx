import { Formulas } from "../show/formula.tsx";

/** An agreement as its numbered sentences. */
export const Prose = ({ of }: { of: readonly string[] }) => (
  <ol className="prose">
    {of.map((sentence) => (
      <li key={sentence}>
        <Formulas in={sentence} />
      </li>
    ))}
  </ol>
);
