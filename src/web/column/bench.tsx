import { useLocation, useNavigate } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { Download } from "../kit/show/download.tsx";
import { decimals, percentText } from "../kit/show/figure-text.ts";
import { Go } from "../kit/show/go.tsx";
import { Page, Panel, Tag } from "../kit/show/page.tsx";
import { Loading } from "../kit/show/states.tsx";
import { Bands } from "./bands.tsx";
import { busyPart, csvOf, type Window } from "./by-hand.ts";
import { Chromatogram, type Overlay } from "./chromatogram.tsx";
import { Compared, KEPT_MOST, type KeptRun } from "./compared.tsx";
import { CutTable } from "./cut-table.tsx";
import { pngOf, svgOf } from "./picture.ts";
import { Plants } from "./plants.tsx";
import { RecordedRun } from "./recorded.tsx";
import { PRODUCTS, type Settings, SLIDERS, settingsFrom, simulationInput } from "./settings.ts";
import { RESTING, useSimulation } from "./use-simulation.ts";
import type { Told } from "./worker.ts";

/** One column under the hand of the process engineer: the chromatogram follows the sliders, the figures follow the cuts. */
export function ColumnBench() {
  const search = useLocation().search as Readonly<Record<string, unknown>>;
  const [settings, setSettings] = useState<Settings>(() => settingsFrom(search));
  const navigate = useNavigate();
  const { told, fine } = useSimulation(settings);
  const move = (name: keyof Settings, value: number) => setSettings((old) => ({ ...old, [name]: value }));
  const keep = (now: Settings = settings) =>
    void navigate({
      to: "/column",
      search: ((before: Record<string, unknown>) => ({
        ...before,
        ...now,
        dispersivity_m: now.dispersivity_m,
      })) as never,
      replace: true,
      resetScroll: false,
    });
  const letGo = () => {
    setSettings(withoutPacking(settings));
    keep(withoutPacking(settings));
  };
  return (
    <Page
      title="Column"
      says="One displacement column, simulated in your browser while you move the sliders: dysprosium, neodymium and praseodymium between copper and sodium."
      actions={
        <>
          <Go to="/column/calibrate" search={wordsOf(settings)}>
            Calibrate from a measured curve
          </Go>
          <Go to="/column/packing">Accept a packed bed</Go>
          <Go to="/column/scale-up" search={wordsOf(settings)}>
            Scale it up
          </Go>
        </>
      }
    >
      <div className="bench">
        <Panel title="Settings">
          <Packed of={settings} letGo={letGo} />
          {SLIDERS.map((slider) => (
            <label key={slider.name} className="bench-slider">
              <span>
                {slider.label}
                <span className="bench-value">
                  {settings[slider.name]} {slider.unit}
                </span>
              </span>
              <input
                type="range"
                min={slider.min}
                max={slider.max}
                step={slider.step}
                value={settings[slider.name]}
                onChange={(e) => move(slider.name, Number(e.currentTarget.value))}
                onPointerUp={() => keep()}
                onKeyUp={() => keep()}
              />
            </label>
          ))}
        </Panel>
        <div>
          <Result told={told} fine={fine} settings={settings} />
          <Plants settings={settings} take={(plant) => setSettings((old) => ({ ...old, ...plant }))} />
        </div>
      </div>
    </Page>
  );
}

const withoutPacking = ({ dispersivity_m: _packed, ...others }: Settings): Settings => others;

/** Settings as an address carries them. */
const wordsOf = (settings: Settings): Record<string, string> => ({
  ...Object.fromEntries(SLIDERS.map((s) => [s.name, String(settings[s.name])])),
  ...(settings.dispersivity_m === undefined ? {} : { dispersivity_m: String(settings.dispersivity_m) }),
});

/** Whose dispersion it is that is simulated, where it is not that of the beads. */
function Packed({ of, letGo }: { of: Settings; letGo: () => void }) {
  if (of.dispersivity_m === undefined) return null;
  return (
    <p className="note">
      With the dispersion of a packed bed: {decimals(of.dispersivity_m * 1e6, 0)} µm times the velocity
      between the beads.{" "}
      <button type="button" className="plain" onClick={letGo}>
        Take that of the beads
      </button>
    </p>
  );
}

function Result({ told, fine, settings }: { told: Told | undefined; fine: boolean; settings: Settings }) {
  if (!told) return <Loading rows={10} />;
  if (!told.result) {
    return (
      <p className="note bad" role="alert">
        The column cannot be simulated so. {told.refused}
      </p>
    );
  }
  return <Curve key="curve" told={told} result={told.result} fine={fine} settings={settings} />;
}

function Curve(props: {
  told: Told;
  result: NonNullable<Told["result"]>;
  fine: boolean;
  settings: Settings;
}) {
  const { told, result, fine, settings } = props;
  const { windows, byHand, setByHand } = useWindows(result);
  const shown = useMemo(() => busyPart(result.kept, PRODUCTS), [result]);
  const [kept, setKept] = useState<readonly KeptRun[]>([]);
  const [recorded, setRecorded] = useState<Overlay>();
  const over = useMemo(
    () => [...kept.map((k) => ({ label: k.label, ...k.outlet })), ...(recorded ? [recorded] : [])],
    [kept, recorded],
  );
  const keep = () => {
    const label = `run ${(kept.at(-1)?.number ?? 0) + 1}`;
    const one = { number: (kept.at(-1)?.number ?? 0) + 1, label, outlet: result.kept, windows, settings };
    setKept([...kept, one].slice(-KEPT_MOST));
  };
  const picture = () => svgOf(shown, windows, PRODUCTS);
  const error = result.numerics.error_l1_estimate;
  const worst = Math.max(...Object.values(result.balance).map((b) => Math.abs(b.relative_error)));
  return (
    <>
      <Panel title="Outlet">
        <Chromatogram
          column="the bench"
          outlet={shown}
          cuts={windows}
          products={PRODUCTS}
          over={over}
          move={(k, to) => setByHand((old) => ({ ...old, [windows[k]?.species ?? ""]: to }))}
        />
        <p className="dim small" role="status" data-fine={fine}>
          {fine ? <Tag mood="good">to {percentText(error)}</Tag> : <Tag>coarse</Tag>} {result.numerics.cells}{" "}
          cells, {decimals(told.seconds * 1000, 0)} ms; balance open by {worst.toExponential(0)} of what was
          fed.
        </p>
        <div className="acts">
          <button type="button" className="plain" onClick={keep}>
            Keep to compare
          </button>
          <RecordedRun take={setRecorded} />
          <Download name="chromatogram.svg" type="image/svg+xml" content={picture}>
            SVG
          </Download>
          <Download name="chromatogram.png" type="image/png" content={() => pngOf(picture())}>
            PNG
          </Download>
        </div>
      </Panel>
      {kept.length > 0 ? (
        <Compared kept={kept} now={{ outlet: result.kept, windows }} clear={() => setKept([])} />
      ) : null}
      <Bands settings={settings} />
      <Cuts
        outlet={result.kept}
        windows={windows}
        settings={settings}
        findAgain={Object.keys(byHand).length === 0 ? undefined : () => setByHand({})}
      />
    </>
  );
}

/** The window of each product: as found for the purity asked, until it is drawn by hand. */
function useWindows(result: NonNullable<Told["result"]>) {
  const [byHand, setByHand] = useState<Readonly<Record<string, Window>>>({});
  const windows: readonly Window[] = useMemo(
    () =>
      PRODUCTS.flatMap((species): Window[] => {
        const own = byHand[species];
        const found = result.cuts.find((c) => c.species === species);
        if (own) return [own];
        return found?.from_s != null && found.to_s != null
          ? [{ species, from_s: found.from_s, to_s: found.to_s }]
          : [];
      }),
    [byHand, result],
  );
  return { windows, byHand, setByHand };
}

function Cuts(props: {
  outlet: NonNullable<Told["result"]>["kept"];
  windows: readonly Window[];
  settings: Settings;
  findAgain: (() => void) | undefined;
}) {
  const { outlet, windows, settings, findAgain } = props;
  const missing = PRODUCTS.filter((species) => !windows.some((w) => w.species === species));
  return (
    <Panel
      title="Cuts"
      says="Found for the purity asked; purity is of all products in the cut, yield of what was fed. Draw an edge of a cut on the chart, or move it with the arrow keys: purity and yield follow."
    >
      <CutTable outlet={outlet} products={PRODUCTS} windows={windows} />
      {missing.length > 0 ? (
        <p className="note warn">No part of the outlet holds {missing.join(" or ")} at the purity asked.</p>
      ) : null}
      <div className="acts">
        <button type="button" className="plain" onClick={findAgain} disabled={findAgain === undefined}>
          Find them again
        </button>
        <Download name="outlet.csv" type="text/csv" content={() => csvOf(outlet)}>
          Outlet as CSV
        </Download>
        <Download
          name="simulation.json"
          type="application/json"
          content={() => JSON.stringify(simulationInput(settings, RESTING), null, 1)}
        >
          Input for didym column simulate
        </Download>
      </div>
    </Panel>
  );
}
