import { assert } from "../../quantity/index.ts";
import { ISO_27001 } from "./iso-27001.ts";
import { NIST_800_171 } from "./nist-800-171.ts";
import { type Proof, proofOf } from "./proofs.ts";
import { SOC_2 } from "./soc-2.ts";

/** Who meets a control: the product; the product in part; who runs it; nobody yet. */
export const CONTROL_STATES = ["product", "partly", "operator", "gap"] as const;
export type ControlState = (typeof CONTROL_STATES)[number];

export const FRAMEWORKS = ["ISO/IEC 27001:2022", "SOC 2", "NIST SP 800-171 r2"] as const;
export type Framework = (typeof FRAMEWORKS)[number];

export interface Control {
  readonly framework: Framework;
  readonly control: string;
  /** In our words: the sentences of a standard are its publisher's. */
  readonly name: string;
  readonly state: ControlState;
  /** Rules of the product that meet it, each with the SPEC that says it and a test that holds it. */
  readonly met_by: readonly Proof[];
  /** What the operator does, what lacks, or how it is met. */
  readonly says?: string;
}

const TABLES: readonly (readonly [Framework, string])[] = [
  ["ISO/IEC 27001:2022", ISO_27001],
  ["SOC 2", SOC_2],
  ["NIST SP 800-171 r2", NIST_800_171],
];

const isState = (text: string): text is ControlState => (CONTROL_STATES as readonly string[]).includes(text);

function controlIn(framework: Framework, line: string): Control {
  const [control = "", state = "", rules = "", name = "", says = "", ...more] = line
    .split("|")
    .map((cell) => cell.trim());
  assert(isState(state) && control !== "" && name !== "" && more.length === 0, `a row of a map: ${line}`);
  const met_by = rules
    .split(" ")
    .filter((rule) => rule !== "")
    .map((rule) => {
      const proof = proofOf(rule);
      assert(proof !== undefined, `${control} rests on a rule with a test, which ${rule} is not`);
      return proof;
    });
  const rests = state === "product" || state === "partly";
  assert(
    rests === met_by.length > 0,
    `${control}: what the product meets names its rules, and nothing else does`,
  );
  assert(state === "product" || says !== "", `${control} says what is left to do`);
  return { framework, control, name, state, met_by, ...(says === "" ? {} : { says }) };
}

/** Every control of the three, in the order of each. */
export const controlRows = (): readonly Control[] =>
  TABLES.flatMap(([framework, text]) =>
    text
      .split("\n")
      .filter((line) => line.trim() !== "")
      .map((line) => controlIn(framework, line)),
  );

export type ControlCounts = Readonly<Record<Framework, Readonly<Record<ControlState, number>>>>;

export function countControls(rows: readonly Control[] = controlRows()): ControlCounts {
  const count = (framework: Framework, state: ControlState) =>
    rows.filter((row) => row.framework === framework && row.state === state).length;
  const of = (framework: Framework) =>
    Object.fromEntries(CONTROL_STATES.map((state) => [state, count(framework, state)]));
  return Object.fromEntries(FRAMEWORKS.map((framework) => [framework, of(framework)])) as ControlCounts;
}
