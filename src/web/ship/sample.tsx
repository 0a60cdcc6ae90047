import { useParams } from "@tanstack/react-router";
import type { AssayReported, Sample } from "../../assay/index.ts";
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
import { ProductSample } from "./product-sample.tsx";
import { Released } from "./released.tsx";

type ShownSample = Exclude<Answer<"assay/show">, { readonly purpose: "product" }>;

type Reading = AssayReported["mg_per_kg"][string];

/** One sample: its portions, and its results; those of two firms once the exchange is complete. */
export function SamplePage() {
  const { sample = "" } = useParams({ strict: false }) as { sample?: string };
  const asked = useAsk("assay/show", { sample });
  return (
    <Page title={sample} actions={asked.isError ? undefined : <Acts on="sample" id={sample} />}>
      <Answered asked={asked}>
        {(of) => (of.purpose === "product" ? <ProductSample of={of} /> : <Exchanged of={of} />)}
      </Answered>
    </Page>
  );
}

/** A sample that two firms share. */
function Exchanged({ of }: { of: ShownSample }) {
  const names = useNames();
  return (
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
      <Consents of={of.consents ?? {}} />
      <Results of={of} />
    </>
  );
}

/** Whose report may be corrected after the exchange, and who said so. */
function Consents({ of }: { of: NonNullable<Sample["consents"]> }) {
  const names = useNames();
  return Object.values(of).map(({ side, by, at }) => (
    <p key={side} className="note">
      {names.party(by.party)} consented on {timeText(at)} that the {side} corrects its report once.
    </p>
  ));
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
                <Released of={of.released?.[side]} />
              </li>
            ))}
          </ul>
        </>
      )}
    </Panel>
  );
}

/** Below detection is a reading of its own, shown as what it is. */
function ReadingOf({ reading }: { reading: Reading | undefined }) {
  if (!reading) return <span className="dim">not measured</span>;
  if ("below" in reading) return <>&lt; {decimals(reading.below / 10_000, 4)} %</>;
  return <Amount value={reading.best / 10_000} sd={reading.sd / 10_000} unit="%" />;
}
