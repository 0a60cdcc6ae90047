import assert from "node:assert/strict";
import { test } from "node:test";
import { pressureDrop_Pa } from "../correlations.ts";
import { closesAt_m_per_s, type PressedBed, pressed } from "./compressed-bed.ts";

const bed: PressedBed = {
  ...{ length_m: 1, diameter_m: 1.5, superficial_m_per_s: 5e-4, radius_m: 3e-5, void_fraction: 0.38 },
  ...{ viscosity_Pa_s: 1e-3, density_kg_per_m3: 1000, modulus_Pa: 1e6, wall_friction: 0 },
};

/** The integral of (s - a)³ / s² ds. */
const antiderivative = (s: number, a: number) =>
  s ** 2 / 2 - 3 * a * s + 3 * a ** 2 * Math.log(s) + a ** 3 / s;

/** What `M (I(1) - I(s)) = 150 mu u a² L / d²` says of s: by halving, without inertia and wall. */
function outletBySum({ modulus_Pa: M, void_fraction, ...of }: PressedBed): number | undefined {
  const a = 1 - void_fraction;
  const wanted =
    (150 * of.viscosity_Pa_s * of.superficial_m_per_s * a ** 2 * of.length_m) / (4 * of.radius_m ** 2) / M;
  const whole = antiderivative(1, a);
  if (whole - antiderivative(a, a) < wanted) return undefined;
  let [low, high] = [a, 1];
  for (let k = 0; k < 100; k++) {
    const middle = (low + high) / 2;
    if (whole - antiderivative(middle, a) > wanted) low = middle;
    else high = middle;
  }
  return low;
}

// Hardly any inertia: the closed form has none.
const slow = { ...bed, density_kg_per_m3: 1e-6 };

test("KS2: a bed that does not give way drops what Ergun says", () => {
  const stiff = pressed({ ...bed, modulus_Pa: 1e14, wall_friction: 0.2 });
  assert.ok(stiff);
  assert.ok(Math.abs(stiff.drop_Pa / pressureDrop_Pa(bed) - 1) < 1e-6, `${stiff.drop_Pa}`);
  assert.ok(stiff.shortened_fraction < 1e-6);
});

test("KS3: a bed that gives way is the integral in closed form, and closes at the flow that it says", () => {
  for (const superficial_m_per_s of [1e-4, 2e-4, 3e-4, 3.5e-4]) {
    const at = { ...slow, superficial_m_per_s };
    const s = outletBySum(at);
    const found = pressed(at);
    assert.ok(s !== undefined && found, `${superficial_m_per_s} ${s}`);
    const drop = at.modulus_Pa * (1 - s);
    assert.ok(
      Math.abs(found.drop_Pa / drop - 1) < 2e-4,
      `${superficial_m_per_s}: ${found.drop_Pa} and ${drop}`,
    );
    const open = (s - (1 - at.void_fraction)) / s;
    assert.ok(
      Math.abs(found.outlet_void_fraction / open - 1) < 2e-3,
      `${found.outlet_void_fraction} and ${open}`,
    );
  }
  const a = 1 - slow.void_fraction;
  const room = antiderivative(1, a) - antiderivative(a, a);
  const closes =
    (slow.modulus_Pa * room * 4 * slow.radius_m ** 2) / (150 * slow.viscosity_Pa_s * a ** 2 * slow.length_m);
  const found = closesAt_m_per_s(slow);
  assert.ok(found && Math.abs(found / closes - 1) < 2e-3, `${found} and ${closes}`);
  assert.equal(pressed({ ...slow, superficial_m_per_s: 1.01 * closes }), undefined);
});

test("KS3: the wall holds a narrow bed up and lets a wide one down", () => {
  const held = [0.05, 0.2, 0.457, 1.524].map((diameter_m) =>
    pressed({ ...bed, diameter_m, wall_friction: 0.12 }),
  );
  const drops = held.map((found) => found?.drop_Pa ?? Number.POSITIVE_INFINITY);
  assert.deepEqual(
    drops,
    [...drops].sort((a, b) => a - b),
  );
  const walls = held.map((found) => found?.wall_fraction ?? 0);
  assert.deepEqual(
    walls,
    [...walls].sort((a, b) => b - a),
  );
  assert.ok(walls[0]! > 0.8 && walls[3]! < 0.25, walls.join(" "));
  assert.ok(drops[0]! > pressureDrop_Pa(bed), "it drops more than a rigid one all the same");
  const closes = [0.05, 1.524].map((diameter_m) =>
    closesAt_m_per_s({ ...bed, diameter_m, wall_friction: 0.12 }),
  );
  assert.ok((closes[0] ?? 1) > 2 * closes[1]!, closes.join(" "));
});
