/** A seeded generator: the same seed gives the same numbers on every machine. */
export interface Random {
  /** Uniform in [0, 1), 53 bits. */
  next(): number;
  /** Standard normal. */
  normal(): number;
}

const MASK = 0xffffffffffffffffn;
/** One step of SplitMix64 (Steele, Lea and Flood 2014, OOPSLA "Fast splittable pseudorandom number generators"). */
function splitMix(state: bigint): { readonly state: bigint; readonly out: bigint } {
  const next = (state + 0x9e3779b97f4a7c15n) & MASK;
  let z = next;
  z = ((z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n) & MASK;
  z = ((z ^ (z >> 27n)) * 0x94d049bb133111ebn) & MASK;
  return { state: next, out: z ^ (z >> 31n) };
}

/** xoshiro128** (Blackman and Vigna 2021, ACM TOMS 47:36), seeded through SplitMix64 from a whole number and a name. */
export function seededRandom(seed: number, name = ""): Random {
  let state = BigInt.asUintN(64, BigInt(Math.trunc(seed)));
  for (let i = 0; i < name.length; i++) state = (splitMix(state).out ^ BigInt(name.charCodeAt(i))) & MASK;
  const words: number[] = [];
  for (let i = 0; i < 2; i++) {
    const step = splitMix(state);
    state = step.state;
    words.push(Number(step.out & 0xffffffffn) | 0, Number(step.out >> 32n) | 0);
  }
  let [a = 1, b = 2, c = 3, d = 4] = words;
  const next32 = (): number => {
    const scrambled = Math.imul(b, 5);
    const out = Math.imul((scrambled << 7) | (scrambled >>> 25), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = (d << 11) | (d >>> 21);
    return out;
  };
  const next = (): number => ((next32() >>> 5) * 67_108_864 + (next32() >>> 6)) / 9_007_199_254_740_992;
  let spare: number | null = null;
  return {
    next,
    normal: () => {
      if (spare !== null) {
        const kept = spare;
        spare = null;
        return kept;
      }
      // Box and Muller 1958; 1 - u keeps the logarithm finite.
      const radius = Math.sqrt(-2 * Math.log(1 - next()));
      const angle = 2 * Math.PI * next();
      spare = radius * Math.sin(angle);
      return radius * Math.cos(angle);
    },
  };
}
