import { Go } from "../kit/show/go.tsx";
import { RefusedNote } from "../kit/show/states.tsx";

export const NotFound = () => (
  <main className="sheet">
    <h1>There is no such page</h1>
    <p>
      Begin at the <Go to="/">overview</Go>.
    </p>
  </main>
);

/** A fault of this page. What was written before stays written; the sentence is for whoever mends it. */
export const PageBroken = ({ error }: { error: unknown }) => (
  <main className="sheet">
    <h1>This page broke</h1>
    <RefusedNote error={error} />
    <p>
      <a href="/">Load the app again</a>
    </p>
  </main>
);
