import { Button, NativeSelect, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import type { CountedLot, Lot } from "../../ledger/index.ts";
import { useAskAll, useCommand } from "../kit/client/hooks.ts";
import { Choose } from "../kit/show/choose.tsx";
import { differenceWords } from "../kit/show/difference.ts";
import { Known, Mass } from "../kit/show/figure.tsx";
import { whole, words } from "../kit/show/figure-text.ts";
import { useFilter } from "../kit/show/filter.ts";
import { ToLot } from "../kit/show/go.tsx";
import { Page, Panel, Tag } from "../kit/show/page.tsx";
import { Answered, Empty, RefusedNote } from "../kit/show/states.tsx";
import { type Column, Table } from "../kit/show/table.tsx";
import { useScales, useSites } from "../kit/who.tsx";

interface Taken {
  readonly stocktake: string;
  readonly corrected: number;
  readonly counts: readonly CountedLot[];
}

/** What is there against what the books say: lots of a site weighed again or looked for, the difference corrected. */
export function Stocktake() {
  const [site, setSite] = useFilter("site");
  const sites = useSites().data ?? [];
  return (
    <Page
      title="Stocktake"
      says="Weigh what stands at a site, or say that it is missing. What differs from the books by more than chance is corrected by an entry with your reason; both stay on the books."
    >
      <div className="filters">
        <Choose
          label="Site"
          chosen={site}
          choose={setSite}
          among={Object.fromEntries(sites.map((s) => [s.id, s.name]))}
        />
      </div>
      {site === undefined ? (
        <Empty>Choose the site that is counted.</Empty>
      ) : (
        <Standing key={site} site={site} />
      )}
    </Page>
  );
}

function Standing({ site }: { site: string }) {
  const asked = useAskAll("ledger/lots", { place: site, state: "on_hand" });
  return (
    <Answered asked={asked} rows={8}>
      {(all) => {
        const lots = all.filter((l) => l.mass_mg.best > 0);
        return lots.length === 0 ? (
          <Panel title="On the books here">
            <Empty>No lot stands here by the books.</Empty>
          </Panel>
        ) : (
          <CountSheet site={site} lots={lots} />
        );
      }}
    </Answered>
  );
}

/** What was written beside each lot: a mass with its unit, or "missing". */
type Sheet = Readonly<Record<string, string>>;
const MISSING = "missing";

function CountSheet({ site, lots }: { site: string; lots: readonly Lot[] }) {
  const [sheet, setSheet] = useState<Sheet>({});
  const [why, setWhy] = useState("");
  const [all, setAll] = useState(false);
  const [scale, setScale] = useState("");
  const scales = useScales(site);
  const chosen = scales.some((s) => s.id === scale) ? scale : (scales[0]?.id ?? "");
  const take = useCommand("ledger/stocktake", { onDone: () => setSheet({}) });
  const counted = Object.entries(sheet).filter(([, said]) => said.trim() !== "");
  const set = (lot: string, said: string) => setSheet((old) => ({ ...old, [lot]: said }));
  const send = (event: FormEvent) => {
    event.preventDefault();
    const counts = counted.map(([lot, said]) =>
      said === MISSING ? { lot, missing: true } : { lot, mass: said, scale: chosen },
    );
    take.mutate({ site, counts, whole: all, why });
  };
  return (
    <form onSubmit={send}>
      {take.data ? <Result of={take.data.answer} /> : null}
      <Panel title="On the books here" says={`${whole(lots.length)} lots. An empty field was not counted.`}>
        <Table caption="count sheet" rows={lots} keyOf={(l) => l.id} columns={sheetColumns(sheet, set)} />
      </Panel>
      <Panel title="Put the count on the books">
        <div className="form-row" style={{ maxWidth: "52rem" }}>
          <NativeSelect
            label="Weighed on"
            value={chosen}
            onChange={(e) => setScale(e.currentTarget.value)}
            data={
              scales.length === 0
                ? [{ value: "", label: "no scale is registered here" }]
                : scales.map((s) => ({ value: s.id, label: `${s.name} (${s.id})` }))
            }
          />
          <TextInput
            label="Why it was counted"
            placeholder="end of the month"
            required
            value={why}
            onChange={(e) => setWhy(e.currentTarget.value)}
          />
        </div>
        <p>
          <label>
            <input type="checkbox" checked={all} onChange={(e) => setAll(e.currentTarget.checked)} /> Every
            lot that stands here was looked for
          </label>
        </p>
        <Button type="submit" loading={take.isPending} disabled={counted.length === 0}>
          Record {whole(counted.length)} {counted.length === 1 ? "lot" : "lots"} as counted
        </Button>
        <RefusedNote error={take.error} />
      </Panel>
    </form>
  );
}

/** What the books say, and a field for what was weighed or a tick for what was not there. */
function sheetColumns(sheet: Sheet, set: (lot: string, said: string) => void): readonly Column<Lot>[] {
  return [
    { head: "Lot", cell: (l) => <ToLot lot={l.id} />, kind: "keep" },
    { head: "Kind", cell: (l) => words(l.kind), kind: "keep" },
    { head: "By the books", cell: (l) => <Known of={l.mass_mg} unit="kg" />, kind: "num" },
    {
      head: "Weighed",
      cell: (l) => (
        <TextInput
          aria-label={`mass of ${l.id}`}
          placeholder="24.6 kg"
          size="xs"
          w={130}
          disabled={sheet[l.id] === MISSING}
          value={sheet[l.id] === MISSING ? "" : (sheet[l.id] ?? "")}
          onChange={(e) => set(l.id, e.currentTarget.value)}
        />
      ),
    },
    {
      head: "Not there",
      cell: (l) => (
        <label>
          <input
            type="checkbox"
            aria-label={`${l.id} is missing`}
            checked={sheet[l.id] === MISSING}
            onChange={(e) => set(l.id, e.currentTarget.checked ? MISSING : "")}
          />{" "}
          missing
        </label>
      ),
    },
  ];
}

function Result({ of }: { of: Taken }) {
  return (
    <Panel title={`Stocktake ${of.stocktake}`}>
      <p className={`note ${of.corrected === 0 ? "good" : "warn"}`} role="status">
        {of.corrected === 0
          ? "Everything counted agrees with the books."
          : `${whole(of.corrected)} of ${whole(of.counts.length)} differ by more than chance, and were corrected.`}
      </p>
      <Table
        caption="what was found"
        rows={of.counts}
        keyOf={(c) => c.lot}
        columns={[
          { head: "Lot", cell: (c) => <ToLot lot={c.lot} />, kind: "keep" },
          { head: "By the books", cell: (c) => <Mass mg={c.book_mg} unit="kg" />, kind: "num" },
          {
            head: "Found",
            kind: "num",
            cell: (c) => (c.missing ? "missing" : <Mass mg={c.counted_mg ?? 0} unit="kg" />),
          },
          {
            head: "Difference",
            cell: (c) => <Mass mg={c.difference_mg} sd={c.sd_mg} unit="kg" />,
            kind: "num",
          },
          {
            head: "So",
            cell: (c) => (
              <>
                <Tag mood={c.agrees ? "good" : "warn"}>{c.agrees ? "agrees" : "corrected"}</Tag>{" "}
                {c.missing ? null : differenceWords(c.difference_mg, c.sd_mg, "the books")}
              </>
            ),
          },
        ]}
      />
    </Panel>
  );
}
