import { useFilter } from "../kit/show/filter.ts";
import { Go } from "../kit/show/go.tsx";
import { Page } from "../kit/show/page.tsx";
import { AsOf } from "./as-of.tsx";
import { Corrections } from "./corrections.tsx";
import { Entries } from "./entries.tsx";

/** What an auditor asks of books: how they stood, what was corrected, and the entries themselves. */
export function Books() {
  // Who follows a link to an entry sees it first.
  const [entry] = useFilter("entry");
  return (
    <Page
      title="Books"
      says="Entries are only ever added; a mistake is corrected by another entry. Each is linked to the one before by its hash."
      actions={
        <nav className="acts no-print" aria-label="beside the books">
          <Go to="/account">Material balance of a period</Go>
          <Go to="/do/ledger/rebuild">Fold the views again</Go>
          <Go to="/stocktake">Take stock</Go>
        </nav>
      }
    >
      {entry === undefined ? null : <Entries />}
      <AsOf />
      <Corrections />
      {entry === undefined ? <Entries /> : null}
      <p className="dim small">
        The whole chain and every closure are checked again by <code>didym ledger audit</code>.
      </p>
    </Page>
  );
}
