import type { CalibrationResult } from "../../column/index.ts";
import { csvFile } from "../kit/show/csv.ts";
import { Download } from "../kit/show/download.tsx";
import { sentence } from "../kit/show/figure-text.ts";
import { Panel } from "../kit/show/page.tsx";
import { Table } from "../kit/show/table.tsx";
import { figure, figures, named } from "./experiment.ts";
import { FitPlot } from "./fit-plot.tsx";
import { ProfileShown } from "./profile-shown.tsx";
import { RegionsShown } from "./regions-shown.tsx";

/** A fit as prose, figures and pictures. */
export function FitShown({ of }: { of: CalibrationResult }) {
  const rows = Object.entries(of.parameters).map(([name, found]) => ({ name, found, ...named(name) }));
  return (
    <>
      <Panel
        title="Fitted"
        says={`Best values with 90 % intervals. Error of a reading ${of.error === "stated" ? "as stated" : "taken from the residuals"}; ${of.numerics.simulations} simulations of ${of.numerics.cells} cells.`}
      >
        {of.converged ? null : <p className="note warn">The fit had not settled when it was stopped.</p>}
        {of.warnings.map((warning) => (
          <p key={warning} className="note warn">
            {sentence(inWords(warning, Object.keys(of.parameters)))}.
          </p>
        ))}
        <Table
          caption="fitted parameters"
          rows={rows}
          keyOf={({ name }) => name}
          columns={[
            { head: "Parameter", cell: ({ words }) => words, kind: "keep" },
            { head: "Best", cell: ({ found }) => figure(found.best), kind: "num" },
            { head: "90 % interval", cell: ({ found }) => intervalText(found), kind: "num" },
            { head: "Unit", cell: ({ unit }) => unit || "ratio" },
          ]}
        />
        <div className="acts">
          <Download name="fitted-parameters.csv" type="text/csv" content={() => parametersCsv(of)}>
            Parameters as CSV
          </Download>
          <Download name="fitted-curves.csv" type="text/csv" content={() => curvesCsv(of)}>
            Curves as CSV
          </Download>
        </div>
      </Panel>
      {of.curves.map((curve) => (
        <Panel key={`${curve.experiment} ${curve.species}`} title={`${curve.species} at the outlet`}>
          <FitPlot of={curve} />
        </Panel>
      ))}
      <RegionsShown of={of} />
      <ProfileShown of={of.parameters} />
    </>
  );
}

type Found = CalibrationResult["parameters"][string];

function intervalText({ profile, interval_90 }: Found): string {
  const [low, high] = profile?.interval_90 ?? interval_90;
  if (low === null) return high === null ? "no limit" : `up to ${figure(high)}`;
  return high === null ? `from ${figure(low)}` : figures(low, high).join(" to ");
}

/** Names of parameters as words, the longest first so that none is taken for a part of another. */
const inWords = (text: string, names: readonly string[]): string =>
  [...names]
    .sort((a, b) => b.length - a.length)
    .reduce((so, name) => so.replaceAll(name, named(name).words), text);

function parametersCsv({ parameters }: CalibrationResult): string {
  const rows = Object.entries(parameters).map(([name, found]) => {
    const [low, high] = found.profile?.interval_90 ?? found.interval_90;
    return [name, found.best, low ?? "", high ?? "", found.sd];
  });
  return csvFile([["parameter", "best", "from_90", "to_90", "sd"], ...rows]);
}

function curvesCsv({ curves }: CalibrationResult): string {
  const rows = curves.flatMap((c) =>
    c.time_s.map((t, i) => [c.species, t, c.measured[i], c.fitted[i], c.residual[i]]),
  );
  return csvFile([["species", "time_s", "measured_mol_per_m3", "fitted_mol_per_m3", "residual_sd"], ...rows]);
}
