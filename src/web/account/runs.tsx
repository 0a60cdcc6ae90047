import { useAsk } from "../kit/client/hooks.ts";
import { Mass } from "../kit/show/figure.tsx";
import { whole } from "../kit/show/figure-text.ts";
import { Go } from "../kit/show/go.tsx";
import { Site } from "../kit/show/named.tsx";
import { Panel, Tag } from "../kit/show/page.tsx";
import { Answered, Empty } from "../kit/show/states.tsx";
import { Table } from "../kit/show/table.tsx";
import { useUnits } from "../kit/who.tsx";

/** What each site's steps and counts left open together: what one step lets through is found in the sum. */
export function Runs({ element }: { element: string }) {
  const asked = useAsk("ledger/runs", { element });
  return (
    <Panel
      title="What runs of steps leave open"
      says="The stretch of months until now whose sum is furthest from nothing, with its own doubt: a slow loss is found here though every step closes."
    >
      <Answered asked={asked}>
        {({ items }) => {
          const rows = items.flatMap((of) => (of.furthest ? [{ ...of, furthest: of.furthest }] : []));
          return rows.length === 0 ? (
            <Empty>No step or count has left anything of it open.</Empty>
          ) : (
            <Table
              caption="runs by site"
              rows={rows}
              keyOf={(r) => r.site}
              columns={[
                { head: "Site", cell: (r) => <Site id={r.site} /> },
                { head: "Months", cell: (r) => stretch(r.furthest.from, r.furthest.to), kind: "keep" },
                {
                  head: "Steps",
                  cell: (r) => whole(r.months.reduce((n, m) => n + m.steps_count, 0)),
                  kind: "num",
                },
                {
                  head: "Open",
                  cell: (r) => <Mass mg={r.furthest.mg} sd={r.furthest.sd_mg} />,
                  kind: "num",
                },
                {
                  head: "So",
                  cell: (r) =>
                    r.furthest.within ? (
                      <Tag mood="good">chance</Tag>
                    ) : (
                      <Tag mood="warn">
                        {r.furthest.mg > 0 ? "more is missing than" : "more is there than"} chance says
                      </Tag>
                    ),
                },
              ]}
            />
          );
        }}
      </Answered>
      <Scales />
    </Panel>
  );
}

const stretch = (from: string, to: string): string => (from === to ? from : `${from} to ${to}`);

function Scales() {
  const scales = (useUnits().data ?? []).filter(({ kind }) => kind === "scale");
  if (scales.length === 0) return null;
  return (
    <p className="small">
      How scales read against each other:{" "}
      {scales.map(({ id }, k) => (
        <span key={id}>
          {k > 0 ? ", " : ""}
          <Go to={`/scales/${encodeURIComponent(id)}`}>{id}</Go>
        </span>
      ))}
    </p>
  );
}
