import { Button, TextInput } from "@mantine/core";
import { useLocation } from "@tanstack/react-router";
import { useState } from "react";
import type { CalibrationResult } from "../../column/index.ts";
import { JobFailure, JobProgress } from "../jobs/job-progress.tsx";
import { isLive, useJob, useStartJob } from "../jobs/use-jobs.ts";
import { useFilter } from "../kit/show/filter.ts";
import { Go } from "../kit/show/go.tsx";
import { Page, Panel } from "../kit/show/page.tsx";
import { Empty, Loading, RefusedNote } from "../kit/show/states.tsx";
import { type CalibrationForm, checked, FINE_CELLS, useCalibrationForm } from "./calibration-form.ts";
import { CurveDrop } from "./curve-drop.tsx";
import {
  type Experiment,
  fieldsOf,
  fittableOf,
  fromBench,
  SAMPLE,
  SAMPLE_CSV,
  withNumber,
} from "./experiment.ts";
import { FitShown } from "./fit-shown.tsx";
import { settingsFrom } from "./settings.ts";

/** A measured outlet curve, the column it was measured on, and what of it is to be found from the curve. */
export function Calibrate() {
  const { form, change, setForm } = useCalibrationForm();
  const [source, setSource] = useState(0);
  const [id, setId] = useFilter("fit");
  const start = useStartJob("column/calibrate", { onDone: ({ job }) => setId(job) });
  const asked = useJob(id);
  const job = asked.data;
  const { ready, input } = checked(form);
  const take = (part: Partial<CalibrationForm>) => {
    change(part);
    setSource(source + 1);
  };
  return (
    <Page
      title="Calibrate a column"
      says="Fit affinities, capacity and transport to a measured outlet curve, and see how well the curve fixes each of them."
      actions={<Go to="/column">Column</Go>}
    >
      <CurveFields form={form} change={change} take={take} />
      <ColumnFields
        key={source}
        experiment={form.experiment}
        onTake={(experiment) => take({ experiment })}
        onNumber={(path, value) =>
          setForm((old) => ({ ...old, experiment: withNumber(old.experiment, path, value) }))
        }
      />
      <Panel title="What to fit">
        <WhatToFit form={form} change={change} />
        <RefusedNote error={start.error ?? asked.error} />
        {id !== undefined && asked.isLoading ? <Loading rows={3} /> : null}
        {job && isLive(job) ? <JobProgress job={job} /> : null}
        {job ? <JobFailure job={job} /> : null}
        {job && isLive(job) ? null : (
          <Button disabled={!ready} loading={start.isPending} onClick={() => start.mutate(input)}>
            Fit the curve
          </Button>
        )}
        {job || ready ? null : <Empty>Give a measured curve and choose something to fit.</Empty>}
      </Panel>
      {job?.state === "done" ? <FitShown of={job.result as CalibrationResult} /> : null}
    </Page>
  );
}

function CurveFields(given: {
  form: CalibrationForm;
  change: (part: Partial<CalibrationForm>) => void;
  take: (part: Partial<CalibrationForm>) => void;
}) {
  const { form, change, take } = given;
  const { csvFault, errorFault } = checked(form);
  return (
    <Panel
      title="Measured curve"
      says="The first column is time_s, in seconds from the start of the run; each other column is named after a species and holds its concentration at the outlet in mol/m³."
    >
      <CurveDrop
        label="Curve (CSV)"
        description="First line: time_s and the names of the species."
        placeholder={"time_s,Nd\n10600,0.1"}
        text={form.csv}
        onText={(csv) => change({ csv })}
        sample={{
          ...{ name: "sample-breakthrough.csv", csv: SAMPLE_CSV },
          use: () => take({ csv: SAMPLE_CSV, experiment: SAMPLE }),
        }}
        fault={csvFault ? { what: "The curve", why: csvFault } : undefined}
      />
      <TextInput
        maw="24rem"
        label="Standard deviation of a reading, mol/m³"
        description="Left empty, it is taken from what the fit leaves over."
        inputMode="decimal"
        value={form.error}
        error={errorFault}
        onChange={(e) => change({ error: e.currentTarget.value })}
      />
    </Panel>
  );
}

function ColumnFields(given: {
  experiment: Experiment;
  onTake: (of: Experiment) => void;
  onNumber: (path: readonly (string | number)[], value: number) => void;
}) {
  const { experiment, onTake, onNumber } = given;
  const search = useLocation().search as Readonly<Record<string, unknown>>;
  return (
    <Panel title="Column" says="As it was when the curve was measured. What is fitted starts from here.">
      <div className="acts">
        <button type="button" className="plain" onClick={() => onTake(SAMPLE)}>
          As in the sample
        </button>
        <button type="button" className="plain" onClick={() => onTake(fromBench(settingsFrom(search)))}>
          As on the column page
        </button>
      </div>
      <div className="form-row">
        {fieldsOf(experiment).map(({ path, label, value }) => (
          <TextInput
            key={path.join(".")}
            label={label}
            inputMode="decimal"
            defaultValue={String(value)}
            error={Number.isFinite(value) ? undefined : "a number is needed"}
            onChange={(e) => {
              const text = e.currentTarget.value.trim();
              onNumber(path, text === "" ? Number.NaN : Number(text));
            }}
          />
        ))}
      </div>
    </Panel>
  );
}

function WhatToFit(given: { form: CalibrationForm; change: (part: Partial<CalibrationForm>) => void }) {
  const { form, change } = given;
  const turned = (parameter: string) =>
    form.fit.includes(parameter) ? form.fit.filter((p) => p !== parameter) : [...form.fit, parameter];
  return (
    <>
      <div className="acts">
        {fittableOf(form.experiment).map(({ parameter, label }) => (
          <label key={parameter}>
            <input
              type="checkbox"
              checked={form.fit.includes(parameter)}
              onChange={() => change({ fit: turned(parameter) })}
            />{" "}
            {label}
          </label>
        ))}
      </div>
      <p className="acts">
        <label>
          <input type="checkbox" checked={form.profile} onChange={() => change({ profile: !form.profile })} />{" "}
          intervals by profile likelihood (takes longer)
        </label>{" "}
        <label>
          <input type="checkbox" checked={form.fine} onChange={() => change({ fine: !form.fine })} />{" "}
          {FINE_CELLS} cells (takes longer)
        </label>
      </p>
    </>
  );
}
