import { useQueryClient } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import type { Lot } from "../../ledger/index.ts";
import { useAsk } from "../kit/client/hooks.ts";
import { outbox, useOutbox } from "../kit/client/use-outbox.ts";
import { Known } from "../kit/show/figure.tsx";
import { words } from "../kit/show/figure-text.ts";
import { Go } from "../kit/show/go.tsx";
import { Answered } from "../kit/show/states.tsx";
import { useSites } from "../kit/who.tsx";
import { KeptList } from "./kept-list.tsx";
import { nextFor } from "./next-step.ts";
import { WeighStep } from "./weigh-step.tsx";

/** One lot on the floor: what it is, and its one next step. Opened by the code on its label. */
export function FloorLot() {
  const { lot = "" } = useParams({ strict: false }) as { lot?: string };
  const asked = useAsk("ledger/lot", { lot });
  useEffect(() => {
    document.title = `${lot} · floor`;
  }, [lot]);
  return (
    <main className="floor">
      <header>
        <Go to="/floor" className="small">
          Another lot
        </Go>
        <h1>{lot}</h1>
      </header>
      <KeptList />
      <Answered asked={asked} rows={6}>
        {(of) => <Todo key={of.id} of={of} />}
      </Answered>
    </main>
  );
}

function Todo({ of }: { of: Lot }) {
  const sites = useSites();
  const client = useQueryClient();
  const kinds = useAsk("prepare/kinds");
  const site = sites.data?.find((s) => s.id === of.place);
  const next = site && kinds.data ? nextFor(of, kinds.data.items, site.capabilities) : undefined;
  const [chosen, choose] = useState<string>();
  const [sent, setSent] = useState<{ readonly key: string; readonly what: string }>();
  const waiting = useOutbox().find((k) => k.key === sent?.key);
  const steps = next?.way === "step" ? [next.step, ...next.others] : [];
  const step = steps.find((s) => s.kind === chosen) ?? steps[0];
  if (sent && waiting?.refused === undefined) {
    return waiting ? null : <Done what={sent.what} of={of} />;
  }
  return (
    <>
      <p className="floor-what">
        {words(of.kind)} at {site?.name ?? of.place}, <Known of={of.mass_mg} unit="kg" />
      </p>
      {next?.way === "wait" ? (
        <p className="note">
          {next.why} {next.link ? <Go to={next.link}>Open shipping</Go> : null}
        </p>
      ) : null}
      {of.state === "on_hand" && of.data_from.length > 0 && of.kind === "devices" ? (
        <p className="note warn">
          Devices in it may hold data: destroy before it leaves.{" "}
          <Go to={`/consignments/${encodeURIComponent(of.data_from[0] ?? "")}`}>Open its consignment</Go>
        </p>
      ) : null}
      {step && site ? (
        <WeighStep
          key={step.kind}
          of={of}
          site={site.id}
          step={step}
          onKept={(key) => {
            setSent({ key, what: words(step.kind) });
            void outbox.sendAll().then(() => client.invalidateQueries());
          }}
        />
      ) : null}
      {steps.length > 1 ? (
        <details className="more">
          <summary>Do something else with it</summary>
          {steps
            .filter((s) => s !== step)
            .map((s) => (
              <button key={s.kind} type="button" className="floor-other" onClick={() => choose(s.kind)}>
                <strong>{words(s.kind)}</strong> {s.says}
              </button>
            ))}
        </details>
      ) : null}
    </>
  );
}

function Done({ what, of }: { what: string; of: Lot }) {
  // A step is taken back on the page of what it made.
  const made = of.children.at(-1);
  return (
    <>
      <p className="note good floor-done" role="status">
        {what} is on the books.
      </p>
      <ul className="list">
        {of.children.map((lot) => (
          <li key={lot}>
            It made <Go to={`/floor/${encodeURIComponent(lot)}`}>{lot}</Go>
          </li>
        ))}
        {of.children.length > 0 ? (
          <li>
            <Go to="/labels" search={{ lots: of.children.join(",") }}>
              Print their labels
            </Go>
          </li>
        ) : null}
        {made ? (
          <li>
            A wrong weight? <Go to={`/lots/${encodeURIComponent(made)}`}>Take the step back</Go>
          </li>
        ) : null}
      </ul>
    </>
  );
}
