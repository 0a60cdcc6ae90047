import { NativeSelect, TextInput } from "@mantine/core";
import { MAGNET_ELEMENTS } from "../../chemistry/elements.ts";
import { ALL_MASS, type BalanceRow, type Column } from "../../ledger/index.ts";
import { useAsk } from "../kit/client/hooks.ts";
import { beforeDay, dayBefore, endOfDay } from "../kit/show/day.ts";
import { DOUBT_NOTE } from "../kit/show/figure.tsx";
import { useFilter } from "../kit/show/filter.ts";
import { useNames } from "../kit/show/named.tsx";
import { Page, Panel, Tag } from "../kit/show/page.tsx";
import { Answered, Empty } from "../kit/show/states.tsx";
import { useParties } from "../kit/who.tsx";
import { type FigureOf, linksOf, type MaterialBalanceAnswer } from "./balance.ts";
import { BalanceTable } from "./balance-table.tsx";
import { Behind } from "./behind.tsx";
import { Runs } from "./runs.tsx";
import { SankeyPicture } from "./sankey-picture.tsx";

/** What the metal accountant answers for: each element by place over a period, and what does not close. */
export function Account() {
  const [from, setFrom] = useFilter("from");
  const [to, setTo] = useFilter("to");
  const [owner, setOwner] = useFilter("owner");
  const [element, setElement] = useFilter("element");
  const parties = useParties().data ?? [];
  const period = { from: beforeDay(from), to: endOfDay(to), owner };
  const asked = useAsk("ledger/material-balance", period);
  const owners = parties.filter((p) => p.kind === "recycler" || p.kind === "refiner");
  return (
    <Page
      title="Material balance"
      says="Every gram of an element by place: what stood before, what came, went, was lost or lost sight of, and what stands at the end."
    >
      <div className="filters">
        <TextInput
          label="From"
          type="date"
          value={from ?? ""}
          onChange={(e) => setFrom(e.currentTarget.value)}
        />
        <TextInput label="To" type="date" value={to ?? ""} onChange={(e) => setTo(e.currentTarget.value)} />
        <NativeSelect
          label="Owner"
          value={owner ?? ""}
          onChange={(e) => setOwner(e.currentTarget.value)}
          data={[{ value: "", label: "anyone" }, ...owners.map((p) => ({ value: p.id, label: p.name }))]}
        />
        <NativeSelect
          label="Element"
          value={element ?? ""}
          onChange={(e) => setElement(e.currentTarget.value)}
          data={elementsOf(asked.data?.rows ?? [])}
        />
      </div>
      <Answered asked={asked} rows={8}>
        {(answer) => <Balance answer={answer} element={element ?? FIRST} period={period} />}
      </Answered>
      <Runs element={element ?? FIRST} />
    </Page>
  );
}

/** Where nothing else is asked for, the element most programmes are run for. */
const [FIRST] = MAGNET_ELEMENTS;

function elementsOf(rows: readonly BalanceRow[]) {
  const elements = [...new Set(rows.map((row) => row.element))].filter((e) => e !== FIRST && e !== ALL_MASS);
  return [
    { value: "", label: FIRST },
    ...elements.sort().map((e) => ({ value: e, label: e })),
    { value: ALL_MASS, label: "all mass" },
  ];
}

interface Period {
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly owner: string | undefined;
}

function Balance(props: { answer: MaterialBalanceAnswer; element: string; period: Period }) {
  const { answer, element, period } = props;
  const [area, setArea] = useFilter("area");
  const [column, setColumn] = useFilter("column");
  const [from] = useFilter("from");
  const [to] = useFilter("to");
  const days = { before: dayBefore(from), end: to };
  const rows = answer.rows.filter((row) => row.element === element);
  const chosen: FigureOf | undefined = area && column ? { area, column: column as Column } : undefined;
  const choose = (figure: FigureOf | undefined) => {
    setArea(figure?.area);
    setColumn(figure?.column);
  };
  if (rows.length === 0) return <Empty>Nothing of {element} was on the books in this period.</Empty>;
  return (
    <>
      <Panel
        title={`${nameOf(element)} by place`}
        says={`${DOUBT_NOTE} Open a figure to see its entries; a stock opens the books as of that day.`}
      >
        <BalanceTable rows={rows} chosen={chosen} choose={choose} days={days} />
        <Verdict rows={rows} />
      </Panel>
      {chosen ? (
        <Behind figure={chosen} element={element} period={period} close={() => choose(undefined)} />
      ) : null}
      <Panel
        title="The way it took"
        says="As wide as the amount. Open a ribbon to see its entries; the table says the same."
      >
        <SankeyPicture links={linksOf(answer, element)} choose={choose} />
      </Panel>
    </>
  );
}

const nameOf = (element: string): string => (element === ALL_MASS ? "All mass" : element);

/** In words: whether each place closes, and by how many standard uncertainties one does not. */
function Verdict({ rows }: { rows: readonly BalanceRow[] }) {
  const names = useNames();
  const open = rows.filter((row) => !row.within);
  const broken = rows.filter((row) => !row.adds_up);
  if (broken.length > 0)
    return (
      <p className="note bad">
        The columns of {broken.map((r) => names.site(r.area)).join(", ")} do not lead from the opening to the
        closing: audit the books.
      </p>
    );
  return (
    <p className="small">
      {open.length === 0 ? <Tag mood="good">Closes</Tag> : <Tag mood="bad">Does not close</Tag>}{" "}
      {open.length === 0
        ? "What steps left open is within three standard uncertainties at every place."
        : open
            .map(
              (r) =>
                `${names.site(r.area)}: ${r.sigmas === undefined ? "no doubt is stated" : `${r.sigmas.toFixed(1)} σ`}`,
            )
            .join("; ")}
    </p>
  );
}
