import assert from "node:assert/strict";
import { test } from "node:test";
import { packingInput, packingOf, SAMPLE_TRACE, START } from "./packing-form.ts";
import { settingsFrom, simulationInput } from "./settings.ts";

test("W55: a trace is read as it is written: the sample has a verdict, what cannot be read is said by line or field", () => {
  const { answer, fault } = packingOf({ ...START, csv: SAMPLE_TRACE });
  assert.equal(fault, undefined);
  assert.ok(answer && answer.checks.length === 2, JSON.stringify(answer?.verdict));
  assert.deepEqual(packingOf(START), {});
  const cut = SAMPLE_TRACE.split("\n").slice(0, 95).join("\n");
  assert.match(packingOf({ ...START, csv: cut }).fault ?? "", /^Line \d+: the trace ends on the pulse/);
  const numbers = { ...START.numbers, length_m: "" };
  assert.match(packingOf({ ...START, csv: SAMPLE_TRACE, numbers }).fault ?? "", /^Bed length: a number/);
  assert.match(
    packingOf({ ...START, csv: "time_s,signal\n1,x\n" }).fault ?? "",
    /^Line 2: "x" is not a number/,
  );
});

test("W57: the bench simulates with the dispersion of a packed bed, at whatever velocity, until it is let go", () => {
  const { answer } = packingOf({ ...START, csv: SAMPLE_TRACE });
  const dispersivity_m = answer!.dispersivity_m.best;
  const settings = settingsFrom({ dispersivity_m: String(dispersivity_m), velocity_um_per_s: "400" });
  const input = simulationInput(settings, { cells: 60, points: 10 }) as {
    transport?: { axial_dispersion_m2_per_s: number };
  };
  const us = (packingInput({ ...START, csv: "" })["flow"] as { superficial_velocity_m_per_s: number })
    .superficial_velocity_m_per_s;
  const grown = input.transport!.axial_dispersion_m2_per_s / answer!.transport.axial_dispersion_m2_per_s;
  assert.ok(Math.abs(grown / (400e-6 / us) - 1) < 1e-9, `${grown}`);
  assert.equal("transport" in simulationInput(settingsFrom({}), { cells: 60, points: 10 }), false);
  assert.equal(settingsFrom({ dispersivity_m: "-1" }).dispersivity_m, undefined);
});
