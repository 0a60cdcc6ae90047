import { Acts } from "../act/do.tsx";
import type { Item } from "../kit/client/contract.ts";
import { useAsk, useAskAll, useAskPages } from "../kit/client/hooks.ts";
import { dateText, words } from "../kit/show/figure-text.ts";
import { Go, ToConsignment } from "../kit/show/go.tsx";
import { Panel, Tag } from "../kit/show/page.tsx";
import { Answered, Empty } from "../kit/show/states.tsx";
import { PagedTable } from "../kit/show/table.tsx";

/** For how long a party keeps what names people and devices, what holds it, and what goes when. */
export function RetentionPanel({ party }: { party: string }) {
  const kept = useAskAll("trust/retention", { party });
  const holds = useAsk("trust/holds", { party });
  return (
    <Panel
      title="What is kept for how long"
      says="Manifests, particulars of sanitized media and certificates, counted from the day a consignment is done with: its rows are settled, its lots opened, its devices certified."
    >
      <Answered asked={kept}>
        {([of]) =>
          of === undefined || of.rules.length === 0 ? (
            <Empty>No rule: everything is kept.</Empty>
          ) : (
            <ul className="list">
              {of.rules.map(({ kind, days, why }) => (
                <li key={kind}>
                  {words(kind)}: {days} days <span className="dim">({why})</span>
                </li>
              ))}
            </ul>
          )
        }
      </Answered>
      <Answered asked={holds}>
        {({ items }) =>
          items.length === 0 ? null : (
            <ul className="list">
              {items.map(({ hold, consignment, why }) => (
                <li key={hold}>
                  <Tag mood="warn">held</Tag>{" "}
                  {consignment ? <ToConsignment id={consignment} /> : "everything"}: {why}{" "}
                  <Go to="/do/trust/lift-hold" search={{ party, hold, from: "/people" }}>
                    Lift it
                  </Go>
                </li>
              ))}
            </ul>
          )
        }
      </Answered>
      <Due party={party} />
      <div className="other-ways">
        {(kept.data?.[0]?.rules ?? []).length > 0 ? (
          <nav className="acts" aria-label="erasing">
            <Go to="/do/trust/erase-due" search={{ party, from: "/people" }}>
              Erase what is due today
            </Go>
          </nav>
        ) : null}
        <Acts on="retention" knows={{ party }} />
      </div>
    </Panel>
  );
}

type Kept = Item<"trust/due-for-erasure">;

function Due({ party }: { party: string }) {
  const pages = useAskPages("trust/due-for-erasure", { party, limit: 10 });
  return (
    <PagedTable
      pages={pages}
      caption="what is erased when"
      keyOf={(one) => one.consignment}
      empty="No consignment left anything to erase."
      columns={[
        { head: "Consignment", cell: (one) => <ToConsignment id={one.consignment} />, kind: "keep" },
        {
          head: "Done with since",
          cell: (one) => (one.done_with_since === null ? "not done with yet" : dateText(one.done_with_since)),
        },
        { head: "Goes", cell: (one) => <Goes of={one} /> },
      ]}
    />
  );
}

function Goes({ of }: { of: Kept }) {
  if (of.held_by.length > 0) return <Tag mood="warn">held</Tag>;
  if (of.due.length === 0) return <span className="dim">nothing yet</span>;
  return (
    <>
      {of.due.map(({ kind, due_at, now }) => (
        <div key={kind}>
          {words(kind)} {now ? <Tag mood="warn">due now</Tag> : <>from {dateText(due_at)}</>}
        </div>
      ))}
    </>
  );
}
