/** A seeded generator: the same seed gives the same numbers on every machine. */
export interface Random {
  /** Uniform in [0, 1), 53 bits. */
  next(): number;
  /** Standard normal. */
  normal(): number;
}

/** The finishing mix of MurmurHash3 (Appleby 2011): every bit of the input reaches every bit of the output. */
function mix(word: number): number {
  let h = word;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

/** xoshiro128** (Blackman and Vigna 2021, ACM TOMS 47:36), its state mixed from a whole number and a name. */
export function seededRandom(seed: number, name = ""): Random {
  const whole = Math.trunc(seed);
  // FNV-1a of the name (two of them, from different starts) and both halves of the seed give 128 bits of state.
  let [h1, h2] = [0x811c9dc5, 0x2f6b5e31];
  for (let i = 0; i < name.length; i++) {
    const c = name.charCodeAt(i);
    h1 = Math.imul(h1 ^ c, 0x01000193);
    h2 = Math.imul(h2 ^ c, 0x01000193) ^ (h2 >>> 15);
  }
  const high = Math.floor(whole / 4_294_967_296) | 0;
  let a = mix(h1 ^ mix((whole | 0) + 0x9e3779b9));
  let b = mix(h2 ^ mix(high + 0x7f4a7c15) ^ a);
  let c = mix(a + h2 + 0x3c6ef372);
  let d = mix(b + h1 + (whole | 0) + 1);
  // The one state this generator never leaves.
  if ((a | b | c | d) === 0) d = 1;
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
