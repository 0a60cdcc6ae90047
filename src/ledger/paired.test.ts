import assert from "node:assert/strict";
import { test } from "node:test";
import { normalAbove } from "../quantity/index.ts";
import { Dice } from "../sample/dice.ts";
import { chanceOfMany, pairedTests, pairsApart, type ReadByTwo } from "./index.ts";

const near = (a: number | undefined, b: number, relative = 1e-9) =>
  assert.ok(a !== undefined && Math.abs(a - b) <= relative * Math.abs(b), `${a} is ${b}`);

interface Side {
  readonly bias: string;
  readonly random: number;
  readonly shared: number;
}
const SHIPPER: Side = { bias: "lab-1/icp/Nd", random: 400, shared: 300 };
const RECEIVER: Side = { bias: "lab-2/icp/Nd", random: 300, shared: 500 };

const read = (best: number, own: string, { bias, random, shared }: Side) => ({
  best,
  moves: { [`reading:${own}`]: random, [`bias:${bias}`]: shared, "sample:S": 700 },
});

const readings = (offs: readonly number[]): ReadByTwo[] =>
  offs.map((off, n) => ({
    of: "Nd",
    shipper: read(250_000, `s${n}`, SHIPPER),
    receiver: read(250_000 + off, `r${n}`, RECEIVER),
  }));

test("L51: a pair of laboratories is tested by the mean of its differences against single readings in quadrature and biases whole", () => {
  const [found, ...more] = pairedTests(readings([900, 1_100, 1_300, 700]));
  assert.deepEqual(more, []);
  // By hand: what the sample errs by has gone; of four pairs 500 / 2 by themselves, the biases as they are.
  const sd = Math.hypot(250, 300, 500);
  assert.deepEqual(
    [found?.of, found?.shipper, found?.receiver, found?.pairs_count],
    ["Nd", SHIPPER.bias, RECEIVER.bias, 4],
  );
  near(found?.difference, 1_000);
  near(found?.sd, sd);
  near(found?.z, 1_000 / sd);
  near(found?.p, 2 * normalAbove(1_000 / sd));
  near(found?.power, normalAbove(chanceOfMany(1, 0.05) - (3 * 300) / sd), 1e-6);
  assert.deepEqual(
    pairedTests([{ of: "Nd", shipper: read(1, "a", SHIPPER), receiver: read(2, "b", SHIPPER) }]),
    [],
  );
});

test("L40 L51: of so many honest figures one lies beyond the limit as often as is said", () => {
  near(chanceOfMany(1, 0.05), 1.959963985, 1e-8);
  for (const count of [1, 5, 40])
    near(1 - (1 - 2 * normalAbove(chanceOfMany(count, 0.1))) ** count, 0.1, 1e-9);
});

test("L51: honest firms have a pair named in one of twenty programmes, and a laboratory off by three of its bias as its power says", () => {
  const dice = new Dice(47);
  const trials = 3_000;
  let [alarms, found, power] = [0, 0, 0];
  /** Four elements that two laboratories read, each with biases of their own. */
  const programme = (offs: number) =>
    ["Nd", "Pr", "Dy", "Tb"].flatMap((of) => {
      const sides = [SHIPPER, RECEIVER].map((side) => ({ ...side, bias: `${side.bias}/${of}` })) as [
        Side,
        Side,
      ];
      const real = sides.map(({ shared }) => shared * dice.normal());
      if (offs !== 0 && of === "Nd") real[0] = offs * SHIPPER.shared;
      return Array.from({ length: 6 }, (_, n) => {
        const [shipper, receiver] = sides.map((side, i) =>
          read(250_000 + (real[i] ?? 0) + side.random * dice.normal(), `${i}/${of}/${n}`, side),
        ) as [ReturnType<typeof read>, ReturnType<typeof read>];
        return { of, shipper, receiver };
      });
    });
  for (let n = 0; n < trials; n++) {
    if (pairsApart(pairedTests(programme(0))).length > 0) alarms++;
    const tests = pairedTests(programme(3));
    if (pairsApart(tests).some(({ of }) => of === "Nd")) found++;
    power += tests.find(({ of }) => of === "Nd")?.power ?? 0;
  }
  assert.ok(Math.abs(alarms / trials - 0.05) < 0.013, `${alarms} of ${trials} honest programmes`);
  // The bias is three as a fact: what the stated doubt holds of it does not scatter, so that about as many are found.
  assert.ok(Math.abs(found - power) / trials < 0.05, `${found} found, ${power.toFixed(0)} expected`);
});
