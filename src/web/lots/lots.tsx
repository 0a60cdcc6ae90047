import { NativeSelect, TextInput } from "@mantine/core";
import { MAGNET_ELEMENTS } from "../../chemistry/elements.ts";
import type { Lot } from "../../ledger/index.ts";
import { useAskPages } from "../kit/client/hooks.ts";
import { Choose } from "../kit/show/choose.tsx";
import { DOUBT_NOTE, Known } from "../kit/show/figure.tsx";
import { dateText, words } from "../kit/show/figure-text.ts";
import { useFilter } from "../kit/show/filter.ts";
import { ToLot } from "../kit/show/go.tsx";
import { Party, Site } from "../kit/show/named.tsx";
import { type Mood, Page, Panel, Tag } from "../kit/show/page.tsx";
import { type Column, PagedTable } from "../kit/show/table.tsx";
import { useSites, useWho } from "../kit/who.tsx";
import { Steps } from "./steps.tsx";

const MOODS: Readonly<Record<Lot["state"], Mood>> = {
  on_hand: "good",
  in_transit: "warn",
  consumed: "mute",
  delivered: "mute",
  reversed: "bad",
};

export const LotState = ({ state }: { state: Lot["state"] }) => <Tag mood={MOODS[state]}>{words(state)}</Tag>;

/** Lots on the books, and the steps that make lots of lots. */
export function Lots() {
  const { view } = useWho();
  const [place] = useFilter("place");
  const [kind] = useFilter("kind");
  const [given] = useFilter("state");
  const state = given === "any" ? undefined : (given ?? "on_hand");
  const pages = useAskPages("ledger/lots", { owner: view, place, kind, state, limit: 25 });
  return (
    <Page title="Lots" says="Every lot with what it holds, and how sure that is.">
      <Panel title="On the books" says={DOUBT_NOTE}>
        <Filters />
        <PagedTable
          pages={pages}
          caption="lots"
          keyOf={(l) => l.id}
          empty="No lot matches. Lots are opened from a weighed and read consignment, and made by steps."
          columns={COLUMNS}
        />
      </Panel>
      <Steps />
    </Page>
  );
}

const COLUMNS: readonly Column<Lot>[] = [
  {
    head: "Lot",
    kind: "keep",
    cell: (l) => (
      <>
        <ToLot lot={l.id} />
        <div className="dim">{words(l.kind)}</div>
      </>
    ),
  },
  {
    head: "Place and owner",
    kind: "keep",
    cell: (l) => (
      <>
        <Site id={l.place} />
        <div className="dim">
          <Party id={l.owner} />
        </div>
      </>
    ),
  },
  { head: "Opened", cell: (l) => dateText(l.opened.at), kind: "keep" },
  { head: "Mass", cell: (l) => <Known of={l.mass_mg} unit="kg" />, kind: "num" },
  ...MAGNET_ELEMENTS.map((element) => ({
    head: element,
    kind: "num" as const,
    cell: (l: Lot) => {
      const held = l.elements_mg[element];
      return held && held.best > 0 ? <Known of={held} /> : <span className="dim">–</span>;
    },
  })),
  { head: "State", cell: (l) => <LotState state={l.state} /> },
];

function Filters() {
  const [place, setPlace] = useFilter("place");
  const [kind, setKind] = useFilter("kind");
  const [given, setState] = useFilter("state");
  const sites = useSites().data ?? [];
  return (
    <div className="filters">
      <NativeSelect
        label="State"
        value={given ?? "on_hand"}
        onChange={(e) => setState(e.currentTarget.value)}
        data={[
          { value: "on_hand", label: "on hand" },
          { value: "in_transit", label: "in transit" },
          { value: "consumed", label: "consumed" },
          { value: "delivered", label: "delivered" },
          { value: "any", label: "any" },
        ]}
      />
      <Choose
        label="Place"
        chosen={place}
        choose={setPlace}
        among={Object.fromEntries(sites.map((s) => [s.id, s.name]))}
      />
      <TextInput
        label="Kind"
        placeholder="magnets"
        w={150}
        defaultValue={kind ?? ""}
        onBlur={(e) => setKind(e.currentTarget.value.trim())}
        onKeyDown={(e) => {
          if (e.key === "Enter") setKind(e.currentTarget.value.trim());
        }}
      />
    </div>
  );
}
