import { table } from "../quantity/index.ts";
/** The oxide form each rare earth is traded in after calcination in air (Pr6O11, Tb4O7 and CeO2 are the mixed-valence exceptions). */
export const TRADED_OXIDE: Readonly<Record<string, string>> = table({
  Sc: "Sc2O3",
  Y: "Y2O3",
  La: "La2O3",
  Ce: "CeO2",
  Pr: "Pr6O11",
  Nd: "Nd2O3",
  Sm: "Sm2O3",
  Eu: "Eu2O3",
  Gd: "Gd2O3",
  Tb: "Tb4O7",
  Dy: "Dy2O3",
  Ho: "Ho2O3",
  Er: "Er2O3",
  Tm: "Tm2O3",
  Yb: "Yb2O3",
  Lu: "Lu2O3",
});
