import { Button, NumberInput } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { LineIdentity, LotInference } from "../../identify/index.ts";
import { calculate } from "../kit/client/client.ts";
import type { Answer } from "../kit/client/contract.ts";
import { useAskAll } from "../kit/client/hooks.ts";
import { TextDrop } from "../kit/show/drop.tsx";
import { decimals, percentText } from "../kit/show/figure-text.ts";
import { Page, Panel, Tag } from "../kit/show/page.tsx";
import { Empty, Failed, Loading, RefusedNote } from "../kit/show/states.tsx";
import { CorrectLine } from "./correct-line.tsx";
import { LinesTable } from "./lines-table.tsx";
import { lotQuestion, rareEarths_g, STAKES, type Stakes, unitsOf, worthALook } from "./reading.ts";

/** A manifest before it is anybody's consignment: what it holds, how sure that is, and what is worth measuring. */
export function Identify() {
  const [asked, setAsked] = useState<string>();
  const stated = useAskAll("identify/wordings");
  const taught = stated.data?.map(({ line, class: kind }) => ({ line, class: kind }));
  const read = useQuery({
    queryKey: ["identify/lines", asked, taught],
    enabled: asked !== undefined && taught !== undefined,
    placeholderData: (before: Answer<"identify/lines"> | undefined) => before,
    retry: false,
    queryFn: () => calculate("identify/lines", { text: asked ?? "", taught: taught ?? [] }),
  });
  return (
    <Page
      title="Identify"
      says="What the lines of a manifest are, the grams they hold, how sure that is, and what is worth measuring next. Nothing is written until you correct a line."
    >
      <Panel title="Manifest">
        <TextToRead onRead={setAsked} busy={read.isFetching} />
        <RefusedNote error={read.error} />
        {stated.isError ? <Failed asked={stated} /> : null}
      </Panel>
      {read.isError || asked === undefined ? null : read.data ? (
        <ReadLines lines={read.data} />
      ) : (
        <Loading rows={8} />
      )}
    </Page>
  );
}

function TextToRead({ onRead, busy }: { onRead: (text: string) => void; busy: boolean }) {
  const [text, setText] = useState("");
  const send = (event: FormEvent) => {
    event.preventDefault();
    onRead(text);
  };
  return (
    <form onSubmit={send}>
      <TextDrop
        label="Lines of text, or CSV with a column called line"
        description="Drop a file here, choose one, or paste."
        placeholder={"QTY 12 Seagate ST2000DM008 2TB\n40 x Dell Latitude 7490 no HDD"}
        text={text}
        onText={(found, name) => {
          setText(found);
          if (name !== undefined) onRead(found);
        }}
        between={(choose) => (
          <>
            {choose}
            <Button type="submit" disabled={text === ""} loading={busy}>
              Read it
            </Button>
          </>
        )}
      />
    </form>
  );
}

function ReadLines({ lines }: { lines: readonly LineIdentity[] }) {
  const [chosen, setChosen] = useState<number>();
  const line = chosen === undefined ? undefined : lines[chosen];
  const total_g = lines.reduce((sum, each) => sum + rareEarths_g(each), 0);
  const unknown = lines.filter((each) => each.class === "unknown" && each.line.trim() !== "").length;
  return (
    <>
      <NextMeasurement lines={lines} />
      {line ? <CorrectLine key={line.line} line={line} onClose={() => setChosen(undefined)} /> : null}
      <Panel
        title="Lines"
        says={`${lines.length} lines, about ${decimals(total_g, total_g < 10 ? 2 : 0)} g of rare earths. ${unknown === 0 ? "All are known." : `${unknown} not known: what they hold is in no total.`}`}
      >
        {lines.length === 0 ? (
          <Empty>There are no lines.</Empty>
        ) : (
          <LinesTable lines={lines} first={worthALook(lines)} onCorrect={setChosen} />
        )}
      </Panel>
    </>
  );
}

/** Whether all of it together meets a limit on rare earths in its magnets, and what is worth measuring before saying so. */
function NextMeasurement({ lines }: { lines: readonly LineIdentity[] }) {
  const [stakes, setStakes] = useState<Stakes>(STAKES);
  const counted = unitsOf(lines).length > 0;
  const lot = useMutation({
    mutationFn: () => calculate("identify/lot", lotQuestion(lines, stakes)),
  });
  const set = (name: keyof Stakes) => (value: number | string) =>
    setStakes((old) => ({ ...old, [name]: Number(value) }));
  return (
    <Panel
      title="What to measure next"
      says="All lines together as one lot: its grade, rare earths in wt% of the magnets, against a limit. What a measurement is worth is what a better decision saves."
    >
      {counted ? (
        <form
          className="form-row"
          onSubmit={(e) => {
            e.preventDefault();
            lot.mutate();
          }}
        >
          <NumberInput
            label="Limit, wt% rare earths"
            min={1}
            max={40}
            step={0.5}
            value={stakes.wt_pct_min}
            onChange={set("wt_pct_min")}
          />
          <NumberInput
            label="Price, USD per kg rare earths"
            min={1}
            max={1000}
            value={stakes.usd_per_kg_ree}
            onChange={set("usd_per_kg_ree")}
          />
          <Button type="submit" loading={lot.isPending}>
            Weigh it up
          </Button>
        </form>
      ) : (
        <Empty>No line is known to hold magnets.</Empty>
      )}
      <RefusedNote error={lot.error} />
      {lot.data ? <Advice lot={lot.data} /> : null}
    </Panel>
  );
}

function Advice({ lot }: { lot: LotInference }) {
  const best = lot.next[0];
  const grade = lot.wt_pct["total_ree"];
  const worth = best !== undefined && best.net_usd > 0;
  return (
    <div role="status">
      <p>
        {worth ? (
          <>
            Measure next: <strong>{best.kind}</strong>, worth {decimals(best.evsi_usd, 2)} USD for{" "}
            {decimals(best.cost_usd, 2)} USD.
          </>
        ) : (
          <>
            <strong>Stop measuring.</strong> No measurement is worth its cost; knowing everything would be
            worth {decimals(lot.evpi_usd ?? 0, 2)} USD.
          </>
        )}{" "}
        <Tag mood={lot.decision === "accept" ? "good" : lot.decision === "reject" ? "bad" : "warn"}>
          {lot.decision}
        </Tag>
      </p>
      <p className="dim small">
        Meets the limit with {percentText(lot.p_meets ?? 0)}. Grade{" "}
        {grade
          ? `${decimals(grade.best, 1)} wt% (90 %: ${decimals(grade.lo90, 1)} to ${decimals(grade.hi90, 1)})`
          : "not known"}
        ; evidence {lot.evidence}. The grade is not the purity of a product.
      </p>
    </div>
  );
}
