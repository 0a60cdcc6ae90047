import { useParams } from "@tanstack/react-router";
import type { AssayReported, Side } from "../../assay/index.ts";
import { Acts } from "../act/do.tsx";
import type { Answer } from "../kit/client/contract.ts";
import { useAsk } from "../kit/client/hooks.ts";
import { Amount, DOUBT_NOTE, Mass } from "../kit/show/figure.tsx";
import { decimals, timeText } from "../kit/show/figure-text.ts";
import { ToLot } from "../kit/show/go.tsx";
import { useNames } from "../kit/show/named.tsx";
import { Facts, Page, Panel, Tag } from "../kit/show/page.tsx";
import { Answered, Empty } from "../kit/show/states.tsx";
import { Table } from "../kit/show/table.tsx";

type ShownSample = Answer<"assay/show">;

type Reading = AssayReported["mg_per_kg"][string];

/** One sample: its sealed portions, and each side's results once the exchange is complete. */
export function SamplePage() {
  const { sample = "" } = useParams({ strict: false }) as { sample?: string };
  const asked = useAsk("assay/show", { sample });
  const names = useNames();
  return (
    <Page title={sample} actions={asked.isError ? undefined : <Acts on="sample" id={sample} />}>
      <Answered asked={asked}>
        {(of) => (
          <>
            <div className="columns">
              <Panel title="Sampling">
                <Facts
                  of={[
                    ["Lot", <ToLot key="lot" lot={of.lot} />],
                    ["Taken", timeText(of.at)],
                    ["How", `${of.method}; ${of.increments_count} increments`],
                    ["Witnessed by", of.witnessed_by.map(names.party).join(", ") || "nobody"],
                  ]}
                />
              </Panel>
              <Panel title="Portions">
                <Table
                  caption="portions"
                  rows={of.portions}
                  keyOf={(p) => p.side}
                  columns={[
                    { head: "For", cell: (p) => p.side, kind: "keep" },
                    { head: "Seal", cell: (p) => p.seal, kind: "keep" },
                    { head: "Mass", cell: (p) => <Mass mg={p.mass_mg} />, kind: "num" },
                    {
                      head: "State",
                      cell: (p) =>
                        of.reported.includes(p.side) ? (
                          <Tag mood="good">reported</Tag>
                        ) : (
                          <Tag mood={p.side === "umpire" ? "mute" : "warn"}>
                            {p.side === "umpire" ? "kept sealed" : "waits"}
                          </Tag>
                        ),
                    },
                  ]}
                />
              </Panel>
            </div>
            <Results of={of} />
          </>
        )}
      </Answered>
    </Page>
  );
}

function Results({ of }: { of: ShownSample }) {
  const reports = of.reports === "sealed" ? {} : of.reports;
  const sides = (["supplier", "processor", "umpire"] as const).filter((side) => reports[side]);
  const elements = [...new Set(sides.flatMap((side) => Object.keys(reports[side]?.mg_per_kg ?? {})))].sort();
  return (
    <Panel title="Results" says={`Percent by mass. ${DOUBT_NOTE}`}>
      {of.state !== "exchanged" ? (
        <p className="note">
          Sealed until both have reported.{" "}
          {of.reported.length > 0 ? `${of.reported.join(", ")} reported; ` : ""}
          {of.waits_for.length > 0 ? `waiting for ${of.waits_for.join(" and ")}.` : ""}
        </p>
      ) : null}
      {elements.length === 0 ? (
        <Empty>No result can be shown yet.</Empty>
      ) : (
        <>
          <Table
            caption="results by element"
            rows={elements}
            keyOf={(element) => element}
            columns={[
              { head: "Element", cell: (element) => element },
              ...sides.map((side) => ({
                head: `${side} (${reports[side]?.laboratory ?? ""})`,
                kind: "num" as const,
                cell: (element: string) => <ReadingOf reading={reports[side]?.mg_per_kg[element]} />,
              })),
            ]}
          />
          <ul className="list">
            {sides.map((side) => (
              <li key={side}>
                {side}: {reports[side]?.method}, {timeText(reports[side]?.at ?? "")}
                {reports[side]?.corrects ? `; replaces an earlier report: ${reports[side]?.corrects}` : ""}{" "}
                <Released of={of} side={side} />
              </li>
            ))}
          </ul>
        </>
      )}
    </Panel>
  );
}

/** Whether a second person has seen the results; nothing proves who that was until people sign in. */
function Released({ of, side }: { of: ShownSample; side: Side }) {
  const released = of.released?.[side];
  if (!released) return <Tag mood="warn">not released</Tag>;
  return (
    <>
      <Tag mood="good">released</Tag> by {released.by.role} @ {released.by.party}, {timeText(released.at)}
      {released.verified ? "" : <span className="dim"> unverified</span>}
    </>
  );
}

/** Below detection is a reading of its own, shown as what it is. */
function ReadingOf({ reading }: { reading: Reading | undefined }) {
  if (!reading) return <span className="dim">not measured</span>;
  if ("below" in reading) return <>&lt; {decimals(reading.below / 10_000, 4)} %</>;
  return <Amount value={reading.best / 10_000} sd={reading.sd / 10_000} unit="%" />;
}
