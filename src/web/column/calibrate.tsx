import { TextInput } from "@mantine/core";
import { useLocation } from "@tanstack/react-router";
import { useState } from "react";
import type { CalibrationResult } from "../../column/index.ts";
import { JobFailure, JobProgress } from "../jobs/job-progress.tsx";
import { isLive, useJob, useStartJob } from "../jobs/use-jobs.ts";
import { Download } from "../show/download.tsx";
import { TextDrop } from "../show/drop.tsx";
import { useFilter } from "../show/filter.ts";
import { Go } from "../show/go.tsx";
import { Page, Panel } from "../show/page.tsx";
import { Empty, Loading, RefusedNote } from "../show/states.tsx";
import {
  type Experiment,
  faultOfCsv,
  fieldsOf,
  fittableOf,
  fromBench,
  SAMPLE,
  SAMPLE_CSV,
  withNumber,
} from "./experiment.ts";
import { FitShown } from "./fit-shown.tsx";
import { settingsFrom } from "./settings.ts";

/** For curves read so well that the usual grid would show. */
const FINE_CELLS = 400;

/** A measured outlet curve, the column it was measured on, and what of it is to be found from the curve. */
export function Calibrate() {
  const search = useLocation().search as Readonly<Record<string, unknown>>;
  const [csv, setCsv] = useState("");
  const [experiment, setExperiment] = useState<Experiment>(SAMPLE);
  const [source, setSource] = useState(0);
  const [fit, setFit] = useState<readonly string[]>(["capacity_mol_per_m3_bed", "axial_dispersion_m2_per_s"]);
  const [profile, setProfile] = useState(false);
  const [fine, setFine] = useState(false);
  const [id, setId] = useFilter("fit");
  const start = useStartJob("column/calibrate", { onDone: ({ job }) => setId(job) });
  const asked = useJob(id);
  const job = asked.data;
  const fault = csv.trim() === "" ? undefined : faultOfCsv(csv, experiment);
  const offered = fittableOf(experiment);
  const chosen = offered.filter(({ parameter }) => fit.includes(parameter));
  const broken = fieldsOf(experiment).some(({ value }) => !Number.isFinite(value));
  const ready = csv.trim() !== "" && !fault && !broken && chosen.length > 0;
  const take = (of: Experiment) => {
    setExperiment(of);
    setSource(source + 1);
  };
  const input = {
    experiments: [{ name: "measured curve", simulation: experiment, measured: { csv } }],
    fit: chosen.map(({ parameter }) => ({ parameter })),
    profile,
    ...(fine ? { cells: FINE_CELLS } : {}),
  };
  return (
    <Page
      title="Calibrate a column"
      says="Fit affinities, capacity and transport to a measured outlet curve, and see how well the curve fixes each of them."
      actions={<Go to="/column">Column</Go>}
    >
      <Panel
        title="Measured curve"
        says="The first column is time_s, in seconds from the start of the run; each other column is named after a species and holds its concentration at the outlet in mol/m³."
      >
        <TextDrop
          label="Curve (CSV)"
          description="First line: time_s and the names of the species."
          placeholder={"time_s,Nd\n10600,0.1"}
          text={csv}
          onText={setCsv}
          between={(choose) => (
            <div className="acts">
              {choose}
              <button
                type="button"
                className="plain"
                onClick={() => {
                  setCsv(SAMPLE_CSV);
                  take(SAMPLE);
                }}
              >
                Use the sample data
              </button>
              <Download name="sample-breakthrough.csv" type="text/csv" content={() => SAMPLE_CSV}>
                Download the sample data
              </Download>
            </div>
          )}
        />
        {fault ? (
          <p className="note bad" role="alert">
            The curve was not read. {fault}.
          </p>
        ) : null}
      </Panel>
      <Panel title="Column" says="As it was when the curve was measured. What is fitted starts from here.">
        <div className="acts">
          <button type="button" className="plain" onClick={() => take(SAMPLE)}>
            As in the sample
          </button>
          <button type="button" className="plain" onClick={() => take(fromBench(settingsFrom(search)))}>
            As on the column page
          </button>
        </div>
        <div className="form-row" key={source}>
          {fieldsOf(experiment).map(({ path, label, value }) => (
            <TextInput
              key={path.join(".")}
              label={label}
              inputMode="decimal"
              defaultValue={String(value)}
              error={Number.isFinite(value) ? undefined : "a number is needed"}
              onChange={(e) => {
                const text = e.currentTarget.value.trim();
                setExperiment((old) => withNumber(old, path, text === "" ? Number.NaN : Number(text)));
              }}
            />
          ))}
        </div>
      </Panel>
      <Panel title="What to fit">
        <div className="acts">
          {offered.map(({ parameter, label }) => (
            <label key={parameter}>
              <input
                type="checkbox"
                checked={fit.includes(parameter)}
                onChange={() =>
                  setFit((old) =>
                    old.includes(parameter) ? old.filter((p) => p !== parameter) : [...old, parameter],
                  )
                }
              />{" "}
              {label}
            </label>
          ))}
        </div>
        <p>
          <label>
            <input type="checkbox" checked={profile} onChange={() => setProfile(!profile)} /> intervals by
            profile likelihood (takes longer)
          </label>{" "}
          <label>
            <input type="checkbox" checked={fine} onChange={() => setFine(!fine)} /> {FINE_CELLS} cells (takes
            longer)
          </label>
        </p>
        <RefusedNote error={start.error ?? asked.error} />
        {id !== undefined && asked.isLoading ? <Loading rows={3} /> : null}
        {job && isLive(job) ? <JobProgress job={job} /> : null}
        {job ? <JobFailure job={job} /> : null}
        {job && isLive(job) ? null : (
          <button
            type="button"
            className="plain"
            disabled={!ready || start.isPending}
            onClick={() => start.mutate(input)}
          >
            Fit the curve
          </button>
        )}
        {job || ready ? null : <Empty>Give a measured curve and choose something to fit.</Empty>}
      </Panel>
      {job?.state === "done" ? <FitShown of={job.result as CalibrationResult} /> : null}
    </Page>
  );
}
