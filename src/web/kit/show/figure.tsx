import {
  type FigureText,
  type MassUnit,
  massText,
  numberText,
  percentText,
  spreadOf,
} from "./figure-text.ts";

interface Measured {
  readonly best: number;
  readonly moves: Readonly<Record<string, number>>;
}

function Figure({ text, bare }: { text: FigureText; bare?: boolean | undefined }) {
  return (
    <span className="figure">
      {text.best}
      {text.half === undefined ? null : <span className="doubt"> ± {text.half}</span>}
      {text.unit && !bare ? ` ${text.unit}` : ""}
    </span>
  );
}

/**
 * A mass in milligrams as the reader wants it, with half its 90 % interval where a doubt is stated. `bare` leaves the unit
 * to the head of the column.
 */
export function Mass(props: {
  mg: number;
  sd?: number | undefined;
  unit?: MassUnit | undefined;
  bare?: boolean;
}) {
  const given = {
    ...(props.sd === undefined ? {} : { sd_mg: props.sd }),
    ...(props.unit ? { unit: props.unit } : {}),
  };
  return <Figure text={massText(props.mg, given)} bare={props.bare} />;
}

/** What was nothing at all is no figure to read; a nothing that could have been something shows how much. */
export const MassIfAny = ({ mg, sd = 0 }: { mg: number; sd?: number }) =>
  mg === 0 && sd === 0 ? <span className="dim">–</span> : <Mass mg={mg} sd={sd} />;

export const Known = ({ of, unit }: { of: Measured; unit?: MassUnit | undefined }) => (
  <Mass mg={of.best} sd={spreadOf(of)} unit={unit} />
);

export function Amount(props: { value: number; sd?: number; unit?: string }) {
  const given = {
    ...(props.sd === undefined ? {} : { sd: props.sd }),
    ...(props.unit ? { unit: props.unit } : {}),
  };
  return <Figure text={numberText(props.value, given)} />;
}

export const Percent = ({ of }: { of: number }) => <span className="figure">{percentText(of)}</span>;

/** How far off something is, counted in its own standard uncertainty; beyond two it is more than chance is likely to do. */
export const Sigmas = ({ of, within }: { of: number; within: boolean }) => (
  <span className={within ? "figure" : "figure tag bad"}>{Math.abs(of).toFixed(1)} σ</span>
);

export const DOUBT_NOTE = "± is half of the 90 % interval (k = 1.645).";
