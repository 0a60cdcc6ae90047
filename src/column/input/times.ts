import { done, type Result, refuse } from "../../quantity/index.ts";
import type { ColumnRefusal } from "../refusals.ts";
import { type SimulationInput, TIMES_MAX } from "./schema.ts";

/** The times at which the outlet is asked for, one by one. */
export function readTimes(input: SimulationInput): Result<number[], ColumnRefusal> {
  const asked = input.ask.outlet_times_s;
  const end = input.inlet.at(-1)?.until_s ?? 0;
  const times: number[] = [];
  if (Array.isArray(asked)) {
    const disorder = asked.findIndex((t, i) => i > 0 && t <= (asked[i - 1] ?? 0));
    if (disorder >= 0)
      return refuse("times_out_of_range", `ask.outlet_times_s[${disorder}]`, "outlet times rise");
    times.push(...asked);
  } else {
    if (asked.to < asked.from)
      return refuse("times_out_of_range", "ask.outlet_times_s.to", "`to` is not before `from`");
    const count = Math.floor((asked.to - asked.from) / asked.step + 1e-9) + 1;
    if (count > TIMES_MAX)
      return refuse("times_out_of_range", "ask.outlet_times_s.step", `more than ${TIMES_MAX} outlet times`);
    for (let i = 0; i < count; i++) times.push(asked.from + i * asked.step);
    if ((times.at(-1) ?? 0) < asked.to - 1e-9 * asked.to) times.push(asked.to);
  }
  if ((times.at(-1) ?? 0) > end * (1 + 1e-9)) {
    return refuse("times_out_of_range", "ask.outlet_times_s", `the inlet is described until ${end} s only`);
  }
  if ((times.at(-1) ?? 0) <= 0)
    return refuse("times_out_of_range", "ask.outlet_times_s", "ask for a time after the start");
  return done(times);
}
