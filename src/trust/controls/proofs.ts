import { table } from "../../quantity/index.ts";

/** Where a rule stands, and a test whose title names it. */
export interface Proof {
  readonly rule: string;
  readonly spec: string;
  readonly test: string;
}

/** By the letter that the rules of a room begin with. */
const SPECS: Readonly<Record<string, string>> = table({
  A: "src/api/SPEC.md",
  C: "src/certify/SPEC.md",
  D: "src/app/core/SPEC.md",
  E: "src/outside/postgres/SPEC.md",
  J: "src/app/jobs/SPEC.md",
  L: "src/ledger/SPEC.md",
  N: "src/intake/SPEC.md",
  P: "src/store/SPEC.md",
  T: "src/cli/SPEC.md",
  Z: "src/trust/SPEC.md",
});

/** Notices have a SPEC of their own, with the numbers from Z90 to Z99. */
const specOf = (rule: string): string =>
  /^Z9\d$/.test(rule) ? "src/app/notices/SPEC.md" : (SPECS[rule.slice(0, 1)] ?? "");

/** Each test with the rules that controls rest on and that it is the proof of. */
const TESTS: readonly (readonly [test: string, ...rules: string[]])[] = [
  ["src/trust/trust.test.ts", "Z1", "Z2", "Z6"],
  ["src/trust/controls/control-map.test.ts", "Z53"],
  ["src/trust/cryptography.test.ts", "Z54"],
  ["src/app/trust/evidence.test.ts", "Z50"],
  ["src/main/write-evidence.test.ts", "Z51"],
  ["src/store/refusals.test.ts", "Z52"],
  ["src/main/reads-counted.test.ts", "Z100", "Z101"],
  ["test/apart/compartment-reads.test.ts", "Z102", "Z103", "Z104"],
  ["src/main/fips.test.ts", "Z57"],
  ["src/api/sign-in.test.ts", "Z3", "Z4", "Z5", "Z7", "Z8", "Z9", "Z10"],
  ["test/duties/cells.test.ts", "Z17"],
  ["test/apart/apart.test.ts", "Z11", "Z12"],
  ["test/apart/refusals.test.ts", "Z13"],
  ["test/apart/compartments.test.ts", "Z15"],
  ["src/api/auth/passkey.test.ts", "Z30", "Z31", "Z32"],
  ["src/api/auth/password.test.ts", "Z33", "Z34", "Z35", "Z36"],
  ["src/api/auth/join.test.ts", "Z37", "Z38"],
  ["src/api/auth/account.test.ts", "Z40", "Z42", "Z43"],
  ["src/api/auth/directory.test.ts", "Z81", "Z82", "Z83", "Z84", "Z86"],
  ["src/app/trust/four-eyes.test.ts", "Z60", "Z61", "Z63", "Z70", "Z71", "Z72", "Z73", "Z75"],
  ["src/store/second-auditor.test.ts", "Z68"],
  ["src/store/apart.test.ts", "P111"],
  ["src/app/trust/owner.test.ts", "T24", "T25"],
  ["src/main/hidden-line.test.ts", "T18"],
  ["src/outside/webhook-post.test.ts", "Z97"],
  ["src/api/notices.test.ts", "Z96"],
  ["src/api/api-refusals.test.ts", "A5", "A6", "A9", "A12", "A15", "A23"],
  ["src/api/api.test.ts", "A13"],
  ["src/api/body/body.test.ts", "A24", "A25"],
  ["src/store/rate-limit.test.ts", "A26"],
  ["src/api/ended.test.ts", "A40"],
  ["src/api/metrics.test.ts", "A42"],
  ["src/store/append.test.ts", "P9", "P22"],
  ["src/store/migrate.test.ts", "P20", "P21"],
  ["src/store/fold-rules.test.ts", "P32"],
  ["src/store/audit.test.ts", "P40", "P41", "P45", "P46"],
  ["src/store/backup.test.ts", "P50", "P52", "P55"],
  ["src/main/kept-backups.test.ts", "P57"],
  ["src/store/keys.test.ts", "P61"],
  ["src/main/serving-role.test.ts", "P74", "P77"],
  ["test/tamperings/tamperings.test.ts", "P75"],
  ["test/tamperings/heads.test.ts", "P76"],
  ["src/outside/sbom.test.ts", "T13"],
  ["src/main/log.test.ts", "T60"],
  ["src/outside/licences.test.ts", "T61"],
  ["src/outside/postgres/postgres.test.ts", "E6", "E13"],
  ["src/app/core/duties.test.ts", "D2", "D4"],
  ["src/certify/certify.test.ts", "C4"],
  ["src/certify/verify.test.ts", "C7", "C10"],
  ["src/app/certify/keys.test.ts", "C50", "C53"],
  ["src/ledger/ledger.test.ts", "L1", "L2", "L3"],
  ["src/intake/sanitization.test.ts", "N9", "N10"],
  ["src/main/job-threads.test.ts", "J3"],
];

const PROOFS: ReadonlyMap<string, Proof> = new Map(
  TESTS.flatMap(([test, ...rules]) => rules.map((rule) => [rule, { rule, spec: specOf(rule), test }])),
);

/** Undefined of a rule that no control rests on. */
export const proofOf = (rule: string): Proof | undefined => PROOFS.get(rule);
