import { useNavigate } from "@tanstack/react-router";
import { createContext, type ReactNode, useContext, useState } from "react";
import { readRemembered, remember, WORDS } from "./remembered.ts";
import { STOPS } from "./tour-stops.ts";

interface Tour {
  readonly at: number | undefined;
  readonly go: (stop: number | undefined) => void;
}

const TourContext = createContext<Tour>({ at: undefined, go: () => {} });

export const useTour = () => useContext(TourContext);

/** Where the tour stands is remembered, so that it goes on after a reload. */
function remembered(): number | undefined {
  const kept = Number(readRemembered(WORDS.tour) ?? "");
  return Number.isInteger(kept) && kept >= 1 && kept <= STOPS.length ? kept - 1 : undefined;
}

export function TourProvider({ children }: { children: ReactNode }) {
  const [at, setAt] = useState(remembered);
  const navigate = useNavigate();
  const go = (stop: number | undefined) => {
    const next = stop === undefined ? undefined : STOPS[stop];
    const kept = next ? stop : undefined;
    remember(WORDS.tour, kept === undefined ? undefined : String(kept + 1));
    setAt(kept);
    if (next) void navigate({ to: next.to });
  };
  return (
    <TourContext value={{ at, go }}>
      {children}
      {at === undefined ? null : <TourBar at={at} go={go} />}
    </TourContext>
  );
}

/** One sentence or two about the page shown, at the foot of it, and the way on. */
function TourBar({ at, go }: { at: number; go: Tour["go"] }) {
  const stop = STOPS[at];
  if (!stop) return null;
  const last = at === STOPS.length - 1;
  return (
    <aside className="tour" aria-label="tour" data-no-print>
      <div aria-live="polite">
        <strong>
          {at + 1} of {STOPS.length}. {stop.title}
        </strong>
        <p>{stop.says}</p>
      </div>
      <div className="tour-way">
        <button type="button" className="plain" onClick={() => go(undefined)}>
          {last ? "Close" : "Leave the tour"}
        </button>
        <span style={{ flex: 1 }} />
        {at > 0 ? (
          <button type="button" className="plain" onClick={() => go(at - 1)}>
            Back
          </button>
        ) : null}
        {last ? null : (
          <button type="button" className="button" onClick={() => go(at + 1)}>
            Next: {STOPS[at + 1]?.title}
          </button>
        )}
      </div>
    </aside>
  );
}
