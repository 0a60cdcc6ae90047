/** Whether a divalent presaturant stays ahead of a trivalent rare earth, and with which margin. */
export interface FrontHold {
  readonly holds: "yes" | "unsure" | "no";
  /** How many times longer the resin keeps the rare earth than the presaturant, per equivalent. */
  readonly factor: number;
  readonly lo: number;
  readonly hi: number;
}

/** Doubt of log10 K between two authors' absolute constants at one ionic strength: EDTA series differ by 0.3 to 1 (Nd 16.05 to 16.77). */
export const ABSOLUTE_DOUBT_LOG10 = 0.5;

/**
 * The mixed point of the front: resin half rare earth, half presaturant by equivalents, exchanging at 2:3 with a Gaines-Thomas
 * constant of 1 (an assumption; sorbents are fitted), liquid with all ligand bound and the free presaturant that
 * RL + 1.5 Cu(res) = R(res) + CuL + 0.5 Cu sets free. The front holds where the resin still prefers the rare earth.
 */
export function frontHolds(rareEarthLogK: number, presaturantLogK: number, ligand_M: number): FrontHold {
  const at = (shift: number) => {
    const freeFront_M = ligand_M / 2;
    // 2 R + 3 CuRes = 2 RRes + 3 Cu with both halves 0.5: y^2 [Cu]^3 / (y^3 [R]^2) = 1.
    const freeRare_M = Math.sqrt(freeFront_M ** 3 / 0.5);
    const ratio = 10 ** (rareEarthLogK - presaturantLogK + shift) * (freeRare_M / freeFront_M);
    const rareBound_M = ligand_M / (1 + 1 / ratio);
    const frontBound_M = ligand_M / (1 + ratio);
    return (2 * (frontBound_M + freeFront_M)) / (3 * (rareBound_M + freeRare_M));
  };
  const lo = at(ABSOLUTE_DOUBT_LOG10);
  const hi = at(-ABSOLUTE_DOUBT_LOG10);
  return { holds: lo > 1 ? "yes" : hi < 1 ? "no" : "unsure", factor: at(0), lo, hi };
}
