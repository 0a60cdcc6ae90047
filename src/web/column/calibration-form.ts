import { useEffect, useState } from "react";
import { readRemembered, remember, WORDS } from "../kit/remembered.ts";
import { type Experiment, faultOfCsv, fieldsOf, fittableOf, SAMPLE } from "./experiment.ts";

/** For curves read so well that the usual grid would show. */
export const FINE_CELLS = 400;

export interface CalibrationForm {
  readonly csv: string;
  readonly experiment: Experiment;
  /** Names of parameters. */
  readonly fit: readonly string[];
  /** Standard deviation of a reading in mol/m³ as typed; empty where the residuals are to tell it. */
  readonly error: string;
  readonly profile: boolean;
  readonly fine: boolean;
}

const START: CalibrationForm = {
  csv: "",
  experiment: SAMPLE,
  fit: ["capacity_mol_per_m3_bed", "axial_dispersion_m2_per_s"],
  error: "",
  profile: false,
  fine: false,
};

/** The form as it was left in this browser. */
export function useCalibrationForm() {
  const [form, setForm] = useState(readForm);
  useEffect(() => {
    // A number half typed is none, and would be missed in what is remembered.
    if (!isBroken(form.experiment)) remember(WORDS.calibration, JSON.stringify(form));
  }, [form]);
  const change = (part: Partial<CalibrationForm>) => setForm((old) => ({ ...old, ...part }));
  return { form, change, setForm };
}

/** A form that an older version left behind may lack something; one that is no form is begun anew. */
export function formOf(text: string | undefined): CalibrationForm {
  try {
    const left = { ...START, ...(JSON.parse(text ?? "{}") as Partial<CalibrationForm>) };
    fittableOf(left.experiment);
    const isForm = typeof left.csv === "string" && typeof left.error === "string" && Array.isArray(left.fit);
    return isForm ? left : START;
  } catch {
    return START;
  }
}

const isBroken = (of: Experiment): boolean => fieldsOf(of).some(({ value }) => !Number.isFinite(value));

const readForm = (): CalibrationForm => formOf(readRemembered(WORDS.calibration));

/** What is wrong with the form, and what is asked for once nothing is. */
export function checked(form: CalibrationForm) {
  const { csv, experiment, fit, error, profile, fine } = form;
  const chosen = fittableOf(experiment).filter(({ parameter }) => fit.includes(parameter));
  const csvFault = csv.trim() === "" ? undefined : faultOfCsv(csv, experiment);
  const sd = error.trim() === "" ? undefined : Number(error);
  const errorFault = sd === undefined || sd > 0 ? undefined : "a number above 0, or nothing";
  const measured = {
    ...{ name: "measured curve", simulation: experiment, measured: { csv } },
    ...(sd === undefined ? {} : { error: { absolute_mol_per_m3: sd } }),
  };
  return {
    csvFault,
    errorFault,
    ready: csv.trim() !== "" && !csvFault && !errorFault && !isBroken(experiment) && chosen.length > 0,
    input: {
      experiments: [measured],
      fit: chosen.map(({ parameter }) => ({ parameter })),
      profile,
      ...(fine ? { cells: FINE_CELLS } : {}),
    },
  };
}
