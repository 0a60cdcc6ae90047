import { SegmentedControl, TextInput } from "@mantine/core";
import { useDeferredValue, useMemo, useState } from "react";
import { useAsk } from "../kit/client/hooks.ts";
import { Mass } from "../kit/show/figure.tsx";
import { dateText, words } from "../kit/show/figure-text.ts";
import { ToLot } from "../kit/show/go.tsx";
import { Answered, Empty } from "../kit/show/states.tsx";
import { Table } from "../kit/show/table.tsx";
import { useSites } from "../kit/who.tsx";
import { layered, type Traced } from "./layered.ts";
import { LineagePicture } from "./lineage-picture.tsx";
import { sharesDown, sharesUp, shareText } from "./shares.ts";

export interface TracedLot extends Traced {
  readonly owner: string;
  readonly state: string;
  readonly at: string;
  readonly mass_mg: number;
  readonly made_by: string;
}

const LOTS_MAX = 6_000;

type Direction = "up" | "down";

/** Where a lot came from, or what became of it, as a picture and as a list. */
export function Lineage({ lot }: { lot: string }) {
  const [direction, setDirection] = useState<Direction>("up");
  const [as, setAs] = useState("picture");
  const [text, setText] = useState("");
  const trace = useAsk("ledger/trace", { lot, direction, limit: LOTS_MAX });
  return (
    <>
      <div className="filters">
        <SegmentedControl
          aria-label="direction"
          size="xs"
          value={direction}
          onChange={(value) => setDirection(value as Direction)}
          data={[
            { value: "up", label: "Where it came from" },
            { value: "down", label: "What became of it" },
          ]}
        />
        <SegmentedControl
          aria-label="shown as"
          size="xs"
          value={as}
          onChange={setAs}
          data={[
            { value: "picture", label: "Picture" },
            { value: "list", label: "List" },
          ]}
        />
        <TextInput
          aria-label="find in the lineage"
          placeholder="Lot, kind or place"
          size="xs"
          value={text}
          onChange={(e) => setText(e.currentTarget.value)}
        />
      </div>
      <Answered asked={trace} rows={6}>
        {({ lots, truncated }) => (
          <>
            {truncated ? <p className="note warn">Only the nearest {LOTS_MAX} lots are shown.</p> : null}
            <Traces
              key={`${lot} ${direction}`}
              lots={lots}
              here={lot}
              direction={direction}
              as={as}
              text={text}
            />
          </>
        )}
      </Answered>
    </>
  );
}

interface Shown {
  readonly lots: readonly TracedLot[];
  readonly here: string;
  readonly direction: Direction;
}

function Traces({ lots: traced, here, direction, as, text }: Shown & { as: string; text: string }) {
  const sites = useSites().data;
  const lots = useMemo(() => {
    const names = new Map(sites?.map((s) => [s.id, s.name]));
    return traced.map((l) => ({ ...l, place: names.get(l.place) ?? l.place }));
  }, [traced, sites]);
  const [opened, open] = useState<readonly string[]>([]);
  const sought = useDeferredValue(text.trim().toLowerCase());
  const drawn = useMemo(() => layered(lots), [lots]);
  const shares = useMemo(
    () => (direction === "up" ? sharesUp(lots, here) : sharesDown(lots, here)),
    [lots, here, direction],
  );
  const masses = useMemo(() => new Map(lots.map((l) => [l.lot, l.mass_mg])), [lots]);
  const found = useMemo(
    () =>
      sought === "" ? undefined : new Set(lots.filter((l) => saysOf(l).includes(sought)).map((l) => l.lot)),
    [lots, sought],
  );
  const inGroup = useMemo(() => new Set(opened), [opened]);
  const listed =
    as === "list" || found || opened.length > 0
      ? lots.filter((l) => (found?.has(l.lot) ?? true) && (inGroup.size === 0 || inGroup.has(l.lot)))
      : [];
  return (
    <>
      {as === "picture" ? (
        <LineagePicture
          drawn={drawn}
          here={here}
          shares={{ direction, shares, masses }}
          found={found}
          opened={opened}
          open={open}
        />
      ) : null}
      {found ? (
        <p role="status">
          {found.size} of {lots.length} lots {found.size === 1 ? "is" : "are"} found.
        </p>
      ) : null}
      {opened.length > 0 ? (
        <p>
          {opened.length} lots of one node.{" "}
          <button type="button" className="plain" onClick={() => open([])}>
            Close the node
          </button>
        </p>
      ) : null}
      {as === "list" || found || opened.length > 0 ? (
        <LotList key={`${sought} ${opened[0] ?? ""}`} lots={listed} shares={shares} direction={direction} />
      ) : null}
    </>
  );
}

const saysOf = ({ lot, kind, place }: TracedLot): string => `${lot} ${words(kind)} ${place}`.toLowerCase();

/** So many rows are quickly drawn; more are shown on demand. */
const ROWS_MAX = 100;

function LotList(props: {
  lots: readonly TracedLot[];
  shares: ReadonlyMap<string, number>;
  direction: Direction;
}) {
  const { lots, shares, direction } = props;
  const [most, setMost] = useState(ROWS_MAX);
  if (lots.length === 0) return <Empty>No lot of this lineage is called so.</Empty>;
  return (
    <>
      <Table
        caption="lots of the lineage, nearest first"
        rows={lots.slice(0, most)}
        keyOf={(l) => l.lot}
        columns={[
          { head: "Lot", cell: (l) => <ToLot lot={l.lot} />, kind: "keep" },
          { head: "Steps away", cell: (l) => l.depth, kind: "num" },
          {
            head: direction === "up" ? "Share of this lot" : "Share from this lot",
            cell: (l) => shareText(shares.get(l.lot) ?? 0),
            kind: "num",
          },
          { head: "Kind", cell: (l) => words(l.kind), kind: "keep" },
          { head: "Place", cell: (l) => l.place, kind: "keep" },
          { head: "Opened", cell: (l) => dateText(l.at), kind: "keep" },
          { head: "Mass", cell: (l) => <Mass mg={l.mass_mg} unit="kg" />, kind: "num" },
          { head: "Made by", cell: (l) => l.made_by, kind: "keep" },
          { head: "State", cell: (l) => words(l.state), kind: "keep" },
        ]}
      />
      {lots.length > most ? (
        <button type="button" className="plain" onClick={() => setMost(most + 5 * ROWS_MAX)}>
          {most} of {lots.length} lots; show more
        </button>
      ) : null}
      <p className="dim small">Shares go by the masses of lots drawn, without what a step added.</p>
    </>
  );
}
