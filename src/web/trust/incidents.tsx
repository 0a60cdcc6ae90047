import { Acts } from "../act/do.tsx";
import { useAskPages } from "../kit/client/hooks.ts";
import { dateText, words } from "../kit/show/figure-text.ts";
import { Go } from "../kit/show/go.tsx";
import { Party } from "../kit/show/named.tsx";
import { Panel, Tag } from "../kit/show/page.tsx";
import { PagedTable } from "../kit/show/table.tsx";
import { useMay, useSignedIn } from "../kit/signed-in.ts";

/** What went wrong and is not put right yet, with whose it is and by when. */
export function Incidents() {
  const pages = useAskPages("trust/incidents", { state: "open", limit: 20 });
  const me = useSignedIn();
  const may = useMay();
  return (
    <Panel
      title="Open incidents"
      says="Incidents, complaints and non-conformities, until their cause is known and put right."
    >
      <PagedTable
        pages={pages}
        caption="open incidents"
        keyOf={(one) => one.incident}
        empty="Nothing is open."
        columns={[
          { head: "About", cell: (one) => one.about },
          { head: "Kind", cell: (one) => words(one.kind) },
          {
            head: "Whose",
            cell: (one) => (
              <>
                {one.owner}, <Party id={one.party} />
              </>
            ),
          },
          {
            head: "By",
            cell: (one) => (
              <>
                {dateText(one.due)} {one.overdue ? <Tag mood="bad">overdue</Tag> : null}
              </>
            ),
            kind: "keep",
          },
          {
            head: "Act",
            cell: (one) =>
              may("trust/close-incident") && (me === undefined || me.party === one.party) ? (
                <Go to="/do/trust/close-incident" search={{ incident: one.incident, from: "/approvals" }}>
                  Close
                </Go>
              ) : null,
          },
        ]}
      />
      <Acts on="incidents" />
    </Panel>
  );
}
