import { useState } from "react";
import { readRemembered, remember, WORDS } from "../kit/remembered.ts";
import { useTour } from "../kit/tour.tsx";

/** What a newcomer asks first, on sample data marked as such. Put away once, it stays away in this browser. */
export function Welcome() {
  const [away, setAway] = useState(() => readRemembered(WORDS.welcomed) !== undefined);
  const tour = useTour();
  if (away || tour.at !== undefined) return null;
  const putAway = () => {
    remember(WORDS.welcomed, "yes");
    setAway(true);
  };
  return (
    <section className="welcome" aria-label="welcome">
      <p className="welcome-says">
        From a pallet of scrap to a drum of 99.99 % oxide: each step below passes its metal to the next, and
        every gram stays on the books.
      </p>
      <p className="dim small">
        These are sample data, made by the product's own code over simulated weeks; no firm said any of it. To
        start with your own, stop the server and run <code>npm start -- --empty</code> with another{" "}
        <code>--data</code> folder.
      </p>
      <div className="welcome-acts">
        <button type="button" className="button" onClick={() => tour.go(0)}>
          Take the two-minute tour
        </button>
        <button type="button" className="plain" onClick={putAway}>
          I know my way
        </button>
      </div>
    </section>
  );
}
