import { Button, TextInput } from "@mantine/core";
import { useLocation } from "@tanstack/react-router";
import { useState } from "react";
import type { ScaleUpAnswer } from "../../column/index.ts";
import { JobFailure, JobProgress } from "../jobs/job-progress.tsx";
import { isLive, useJob, useStartJob } from "../jobs/use-jobs.ts";
import { Download } from "../kit/show/download.tsx";
import { TextDrop } from "../kit/show/drop.tsx";
import { useFilter } from "../kit/show/filter.ts";
import { Go } from "../kit/show/go.tsx";
import { Page, Panel } from "../kit/show/page.tsx";
import { Empty, Loading, RefusedNote } from "../kit/show/states.tsx";
import {
  SCALE_UP_FIELDS,
  type ScaleUpNumbers,
  START_NUMBERS,
  sampleCalibration,
  scaleUpInput,
} from "./scale-up-form.ts";
import { type Settings, settingsFrom } from "./settings.ts";
import { SheetShown } from "./sheet-shown.tsx";

/** The column under the sliders of the bench at other diameters, with the chance that each does what is asked. */
export function ScaleUp() {
  const search = useLocation().search as Readonly<Record<string, unknown>>;
  const [settings] = useState(() => settingsFrom(search));
  const [numbers, setNumbers] = useState(START_NUMBERS);
  const [calibration, setCalibration] = useState("");
  const [id, setId] = useFilter("sheet");
  const start = useStartJob("column/scale-up", { onDone: ({ job }) => setId(job) });
  const asked = useJob(id);
  const job = asked.data;
  const { input, fault } = scaleUpInput({
    ...{ settings, numbers, calibration },
    dispersivity_sd: Number(search["dispersivity_sd"]),
  });
  return (
    <Page
      title="Scale up a column"
      says={`The column of the bench, ${settings.length_m} m at ${settings.velocity_um_per_s} µm/s, at other diameters: length, beads, velocity and feed stay. Planning figures until a plant's own replace them.`}
      actions={<Go to="/column">Column</Go>}
    >
      {job?.state === "done" ? <SheetShown of={job.result as ScaleUpAnswer} /> : null}
      <Panel title="What it is held against">
        <Fields {...{ settings, numbers, setNumbers, calibration, setCalibration }} />
        {fault ? (
          <p className="note bad" role="alert">
            {fault}.
          </p>
        ) : null}
        <RefusedNote error={start.error ?? asked.error} />
        {id !== undefined && asked.isLoading ? <Loading rows={3} /> : null}
        {job && isLive(job) ? <JobProgress job={job} /> : null}
        {job ? <JobFailure job={job} /> : null}
        {job && isLive(job) ? null : (
          <div className="acts">
            <Button
              disabled={input === undefined}
              loading={start.isPending}
              onClick={() => start.mutate(input ?? {})}
            >
              Work out the sheet
            </Button>
            <Download
              name="scale-up.json"
              type="application/json"
              content={() => JSON.stringify(input ?? {}, null, 1)}
            >
              Input for didym column scale-up
            </Download>
          </div>
        )}
        {job ? null : <Empty>The sheet stands here once it is worked out; it takes some ten seconds.</Empty>}
      </Panel>
    </Page>
  );
}

/** What the sheet is held against, and how well its column is known. */
function Fields(given: {
  settings: Settings;
  numbers: ScaleUpNumbers;
  setNumbers: (numbers: ScaleUpNumbers) => void;
  calibration: string;
  setCalibration: (calibration: string) => void;
}) {
  const { settings, numbers, setNumbers, calibration, setCalibration } = given;
  return (
    <>
      <div className="form-row">
        {SCALE_UP_FIELDS.map(({ name, label, hint }) => (
          <TextInput
            key={name}
            label={label}
            description={hint}
            inputMode="decimal"
            value={numbers[name]}
            onChange={(e) => setNumbers({ ...numbers, [name]: e.currentTarget.value })}
          />
        ))}
      </div>
      <TextDrop
        label="How well the column is known (JSON)"
        description="What didym column calibrate printed, or the calibration that a packed bed gives. Left empty, chances are of distributor and resin alone."
        placeholder='{"parameters": {"capacity_mol_per_m3_bed": {"best": 567, "sd_relative": 0.02}}}'
        text={calibration}
        onText={setCalibration}
        between={(choose) => (
          <div className="acts">
            {choose}
            <button
              type="button"
              className="plain"
              onClick={() => setCalibration(sampleCalibration(settings))}
            >
              Use sample doubt
            </button>
          </div>
        )}
      />
    </>
  );
}
