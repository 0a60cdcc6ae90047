import { Acts } from "../act/do.tsx";
import type { Item } from "../kit/client/contract.ts";
import { useAskAll, useAskPages } from "../kit/client/hooks.ts";
import { dateText, words } from "../kit/show/figure-text.ts";
import { Go } from "../kit/show/go.tsx";
import { Site } from "../kit/show/named.tsx";
import { Panel, Tag } from "../kit/show/page.tsx";
import { PersonName } from "../kit/show/person.tsx";
import { Answered, Empty } from "../kit/show/states.tsx";
import { PagedTable, Table } from "../kit/show/table.tsx";

/** What an administrator keeps beside the people: who looked at their access last, clearances, and what shows a token. */
export const AccessPanels = ({ party }: { party: string }) => (
  <>
    <Access party={party} />
    <Clearances />
    <Tokens party={party} />
  </>
);

function Access({ party }: { party: string }) {
  const asked = useAskAll("trust/access", { party });
  return (
    <Panel
      title="Access"
      says="Once a year somebody else looks at who may still act: whoever is not kept has left with it."
    >
      <Answered asked={asked}>{(all) => <Notable of={all.filter(isNotable)} />}</Answered>
      <div className="other-ways">
        <Acts on="people" knows={{ party }} />
      </div>
    </Panel>
  );
}

/** The list of people says who is there; here stands what is not as usual. */
const isNotable = ({ ended_at, review_due, tokens_count, stands_in_for }: Item<"trust/access">): boolean =>
  ended_at === null && (review_due || tokens_count > 0 || stands_in_for.length > 0);

function Notable({ of }: { of: readonly Item<"trust/access">[] }) {
  if (of.length === 0)
    return <Empty>Nobody's access is due, nobody stands in for another, and nobody has a token.</Empty>;
  return (
    <Table
      caption="access"
      rows={of}
      keyOf={(one) => one.person}
      columns={[
        { head: "Who", cell: (one) => <PersonName id={one.person} />, kind: "keep" },
        { head: "Role", cell: (one) => one.role, kind: "keep" },
        { head: "Stands in for", cell: (one) => one.stands_in_for.join(", ") || "nobody" },
        { head: "Tokens", cell: (one) => one.tokens_count, kind: "num" },
        {
          head: "Looked at",
          cell: (one) => (
            <>
              {one.reviewed_at === null ? "not yet" : dateText(one.reviewed_at)}{" "}
              {one.ended_at === null && one.review_due ? <Tag mood="warn">due</Tag> : null}
            </>
          ),
        },
      ]}
    />
  );
}

function Clearances() {
  const pages = useAskPages("trust/clearances", { limit: 10 });
  return (
    <Panel
      title="Clearances"
      says="Who touches devices that still hold data has a screening and a training for that site."
    >
      <PagedTable
        pages={pages}
        caption="clearances"
        keyOf={(one) => `${one.person} ${one.site} ${one.kind}`}
        empty="Nobody is cleared yet."
        columns={[
          { head: "Who", cell: (one) => <PersonName id={one.person} />, kind: "keep" },
          { head: "Site", cell: (one) => <Site id={one.site} />, kind: "keep" },
          { head: "What", cell: (one) => words(one.kind), kind: "keep" },
          {
            head: "Until",
            cell: (one) => (
              <>
                {dateText(one.until)} {one.lapsed ? <Tag mood="bad">lapsed</Tag> : null}
              </>
            ),
          },
        ]}
      />
      <div className="other-ways">
        <Acts on="clearances" />
      </div>
    </Panel>
  );
}

function Tokens({ party }: { party: string }) {
  const pages = useAskPages("trust/tokens", { party, limit: 10 });
  return (
    <Panel title="Tokens" says="What scanners, scales and systems show instead of signing in.">
      <PagedTable
        pages={pages}
        caption="tokens"
        keyOf={(one) => one.id}
        empty="No token was made. The command line makes one, and tells it once: didym trust token."
        columns={[
          { head: "Token", cell: (one) => one.id, kind: "keep" },
          { head: "Acts as", cell: (one) => one.role, kind: "keep" },
          { head: "Until", cell: (one) => dateText(one.until), kind: "keep" },
          {
            head: "Act",
            cell: (one) =>
              one.ended_at === undefined ? (
                <Go to="/do/trust/end-token" search={{ token: one.id, from: "/people" }}>
                  End it
                </Go>
              ) : (
                <Tag>ended</Tag>
              ),
          },
        ]}
      />
    </Panel>
  );
}
