import { useLocation } from "@tanstack/react-router";
import { Go } from "../kit/show/go.tsx";
import { useMay } from "../kit/signed-in.ts";
import { ACTS, type Offered } from "./acts.ts";

/**
 * What can be done with the thing shown, by who is signed in: links to the forms of the commands, filled in with what this page knows. What the
 * trade does not allow is refused there, with its reason.
 */
export function Acts(props: {
  on: keyof typeof ACTS;
  id?: string;
  /** What else the page knows, by the places of the form it fills. */
  knows?: Readonly<Record<string, string>>;
}) {
  const { on, id = "", knows = {} } = props;
  const from = useLocation().pathname;
  const may = useMay();
  return (
    <nav className="acts no-print" aria-label="what can be done">
      {(ACTS[on] as readonly Offered[])
        .filter(({ act }) => may(act))
        .map(({ act, says, names }) => (
          <Go key={act} to={`/do/${act}`} search={{ ...knows, ...(names ? { [names]: id } : {}), from }}>
            {says}
          </Go>
        ))}
    </nav>
  );
}
