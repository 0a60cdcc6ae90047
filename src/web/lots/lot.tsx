import { useParams } from "@tanstack/react-router";
import type { Lot, StepRecord } from "../../ledger/index.ts";
import { Acts } from "../act/do.tsx";
import { useAsk } from "../kit/client/hooks.ts";
import { DOUBT_NOTE, Known, Mass } from "../kit/show/figure.tsx";
import { sentence, timeText, words } from "../kit/show/figure-text.ts";
import { Formulas } from "../kit/show/formula.tsx";
import { Go, ToConsignment, ToLot } from "../kit/show/go.tsx";
import { Party, Site } from "../kit/show/named.tsx";
import { Facts, Page, Panel } from "../kit/show/page.tsx";
import { Answered, Empty } from "../kit/show/states.tsx";
import { Table } from "../kit/show/table.tsx";
import { useMay } from "../kit/signed-in.ts";
import { Lineage } from "./lineage.tsx";
import { LotState } from "./lots.tsx";
import { SplitForm } from "./split-form.tsx";
import { StepClosure } from "./step-closure.tsx";
import { TakenOf, type WithTakings } from "./taken-of.tsx";

export interface LotAnswer extends Lot, WithTakings {
  readonly last_entry: number;
  readonly step?: StepRecord;
}

/** One lot: what it holds and how sure that is, where it came from, what was made of it. */
export function LotPage() {
  const { lot = "" } = useParams({ strict: false }) as { lot?: string };
  const asked = useAsk("ledger/lot", { lot });
  const may = useMay();
  return (
    <Page
      title={lot}
      actions={
        asked.isError ? undefined : (
          <span className="acts no-print">
            <Acts on="lot" id={lot} />
            {may("prepare/step") ? <Go to={`/floor/${encodeURIComponent(lot)}`}>Next step</Go> : null}
            <Go to="/labels" search={{ lots: lot }}>
              Label
            </Go>
          </span>
        )
      }
    >
      <Answered asked={asked} rows={10}>
        {(of) => (
          <>
            <div className="columns">
              <About of={of} />
              <Contents of={of} />
            </div>
            <Panel title="Lineage">
              <Lineage key={of.id} lot={of.id} />
            </Panel>
            {of.step ? <StepClosure step={of.step} /> : null}
            <TakenOf of={of} />
            <Feeds of={of} />
            {of.state === "on_hand" && of.mass_mg.best > 0 && may("prepare/step") ? (
              <SplitForm of={of} />
            ) : null}
          </>
        )}
      </Answered>
    </Page>
  );
}

function About({ of }: { of: LotAnswer }) {
  const opened_mg = of.opened.mass_mg.best;
  return (
    <Panel title="The lot">
      <Facts
        of={[
          ["Kind", words(of.kind)],
          ["State", <LotState key="state" state={of.state} />],
          ["Place", <Site key="place" id={of.place} />],
          ["Owner", <Party key="owner" id={of.owner} />],
          ["Opened", timeText(of.opened.at)],
          ["Mass then", <Known key="then" of={of.opened.mass_mg} unit="kg" />],
          [
            "Mass now",
            opened_mg === of.mass_mg.best ? "the same" : <Known key="now" of={of.mass_mg} unit="kg" />,
          ],
          ["Made by", of.step ? of.step.step : <ToConsignment key="by" id={of.made_by} />],
          ...(of.data_from.length > 0
            ? ([
                [
                  "May hold data of",
                  of.data_from.map((c) => (
                    <span key={c}>
                      <ToConsignment id={c} />{" "}
                    </span>
                  )),
                ],
              ] as const)
            : []),
          ...Object.entries(of.notes).map(
            ([name, note]) => [sentence(words(name)), <Formulas key={name} in={words(note)} />] as const,
          ),
          [
            "Last entry",
            <Go key="entry" to="/books" search={{ entry: String(of.last_entry) }}>
              {String(of.last_entry)}
            </Go>,
          ],
        ]}
      />
    </Panel>
  );
}

function Contents({ of }: { of: LotAnswer }) {
  const gone = of.mass_mg.best === 0;
  const elements_mg = gone ? of.opened.elements_mg : of.elements_mg;
  const mass_mg = gone ? of.opened.mass_mg.best : of.mass_mg.best;
  const rows = Object.entries(elements_mg).sort((a, b) => b[1].best - a[1].best);
  return (
    <Panel title={gone ? "Held when it was opened" : "Holds"} says={DOUBT_NOTE}>
      {rows.length === 0 ? (
        <Empty>Nothing is known of its elements.</Empty>
      ) : (
        <Table
          caption="elements"
          rows={rows}
          keyOf={([element]) => element}
          columns={[
            { head: "Element", cell: ([element]) => element },
            {
              head: "Content",
              kind: "num",
              cell: ([, held]) => (
                <>
                  {held.below ? "rests on “less than”: " : ""}
                  <Known of={held} />
                </>
              ),
            },
            {
              head: "Share",
              kind: "num",
              cell: ([, held]) => (mass_mg > 0 ? `${((100 * held.best) / mass_mg).toPrecision(3)} %` : "–"),
            },
          ]}
        />
      )}
    </Panel>
  );
}

/** How much of each settled feed stands in this lot: what a passport may claim, and no more. */
function Feeds({ of }: { of: LotAnswer }) {
  const rows = Object.entries(of.feeds_mg).flatMap(([feed, elements]) =>
    Object.entries(elements).map(([element, mg]) => ({ feed, element, mg })),
  );
  if (rows.length === 0) return null;
  return (
    <Panel title="From settled feeds" says="A passport may claim this much of each feed, and no more.">
      <Table
        caption="feeds"
        rows={rows}
        keyOf={(r) => `${r.feed} ${r.element}`}
        columns={[
          {
            head: "Feed",
            kind: "keep",
            cell: (r) => <ToLot lot={r.feed} />,
          },
          { head: "Element", cell: (r) => r.element },
          { head: "Mass", cell: (r) => <Mass mg={r.mg} />, kind: "num" },
        ]}
      />
    </Panel>
  );
}
