import { NativeSelect, SegmentedControl } from "@mantine/core";
import type { ChartState, ReferenceRegistered } from "../../assay/index.ts";
import { byMagnetsFirst } from "../../chemistry/elements.ts";
import type { Answer } from "../kit/client/contract.ts";
import { useAsk, useAskAll } from "../kit/client/hooks.ts";
import { decimals, timeText } from "../kit/show/figure-text.ts";
import { useFilter } from "../kit/show/filter.ts";
import { Panel, Tag } from "../kit/show/page.tsx";
import { Answered, Empty } from "../kit/show/states.tsx";
import { Table } from "../kit/show/table.tsx";
import { ControlChart } from "./control-chart.tsx";

/** One reference material and element: a chart for each laboratory that measured it. */
export function Charts() {
  const known = useAskAll("assay/references");
  return (
    <Panel
      title="Control charts"
      says="Warning limits at two standard deviations, action limits at three. 1_2s warns; 1_3s and 2_2s say that the measurement is out of control (Westgard 1981)."
    >
      <Answered asked={known} rows={6}>
        {(references) =>
          references.length === 0 ? (
            <Empty>
              No reference material is registered yet. Register one, then record what was measured on it.
            </Empty>
          ) : (
            <Chosen references={references} />
          )
        }
      </Answered>
    </Panel>
  );
}

function Chosen({ references }: { references: readonly ReferenceRegistered[] }) {
  const [asked, setAsked] = useFilter("reference");
  const [wanted, setWanted] = useFilter("element");
  const [basis, setBasis] = useFilter("basis");
  const reference = references.find((r) => r.reference === asked) ?? references[0];
  const elements = Object.keys(reference?.mg_per_kg ?? {}).sort(byMagnetsFirst);
  const element = wanted && elements.includes(wanted) ? wanted : elements[0];
  const chart = useAsk(
    "assay/control-chart",
    { reference: reference?.reference, element, basis },
    { enabled: reference !== undefined && element !== undefined },
  );
  return (
    <>
      <div className="filters">
        <NativeSelect
          label="Reference material"
          value={reference?.reference ?? ""}
          onChange={(e) => setAsked(e.currentTarget.value)}
          data={references.map((r) => ({ value: r.reference, label: `${r.reference}: ${r.name}` }))}
        />
        <NativeSelect
          label="Element"
          value={element ?? ""}
          onChange={(e) => setWanted(e.currentTarget.value)}
          data={elements}
        />
        <SegmentedControl
          aria-label="limits"
          size="xs"
          value={basis ?? "stated"}
          onChange={(value) => setBasis(value === "stated" ? undefined : value)}
          data={[
            { value: "stated", label: "Limits as registered" },
            { value: "own", label: "From its own first 20" },
          ]}
        />
      </div>
      <Answered asked={chart} rows={6}>
        {(answer) =>
          answer.charts.length === 0 ? (
            <Empty>Nobody has measured {answer.reference} yet.</Empty>
          ) : (
            <div className="columns">
              {answer.charts.map((of) => (
                <OneLaboratory key={of.laboratory} of={of} element={answer.element} />
              ))}
            </div>
          )
        }
      </Answered>
    </>
  );
}

const STATES: Readonly<Record<ChartState, { mood: "good" | "warn" | "bad"; says: string }>> = {
  in_control: { mood: "good", says: "in control at the last result" },
  warning: { mood: "warn", says: "warning: look at the next one" },
  out_of_control: { mood: "bad", says: "out of control at the last result" },
};

type Chart = Answer<"assay/control-chart">["charts"][number];

function OneLaboratory({ of, element }: { of: Chart; element: string }) {
  const { laboratory } = of;
  // Without enough results of its own a laboratory has no limits yet.
  const { limits, points, state } = "limits" in of ? of : { limits: undefined, points: [], state: undefined };
  const marked = points.filter((p) => p.rules.length > 0).reverse();
  return (
    <section aria-label={`${element} at ${laboratory}`}>
      <h3>
        {laboratory} {state ? <Tag mood={STATES[state].mood}>{STATES[state].says}</Tag> : null}
      </h3>
      {limits ? (
        <>
          <ControlChart points={points} limits={limits} name={`${element} at ${laboratory}`} />
          {marked.length === 0 ? (
            <p className="dim small">No result is beyond a warning limit.</p>
          ) : (
            <Table
              caption={`results of ${laboratory} beyond a limit, the latest first`}
              rows={marked}
              keyOf={(p) => p.check}
              columns={[
                { head: "Result", cell: (p) => p.check, kind: "keep" },
                { head: "When", cell: (p) => timeText(p.at), kind: "keep" },
                { head: "%", cell: (p) => decimals(p.value / 10_000, 3), kind: "num" },
                { head: "z", cell: (p) => decimals(p.z, 1), kind: "num" },
                { head: "Rules", cell: (p) => <Rules of={p.rules} />, kind: "keep" },
              ]}
            />
          )}
        </>
      ) : (
        <p className="dim">{of.results} results: limits of its own take twenty.</p>
      )}
    </section>
  );
}

const Rules = ({ of }: { of: readonly string[] }) => (
  <>
    {of.map((rule) => (
      <Tag key={rule} mood={rule === "1_2s" ? "warn" : "bad"}>
        {rule}
      </Tag>
    ))}
  </>
);
