import type { FirstProvenance, PassportRecord, Provenance } from "../../certify/index.ts";
import { decimals, words } from "../kit/show/figure-text.ts";

export type AnyProvenance = Provenance | FirstProvenance;

/** Passports of the first form named a country, a model and an origin that were the same for all: no record stood behind them. */
export const fromRecords = (of: AnyProvenance): of is Provenance => of.rules === 2;

type Place = AnyProvenance["collected_in"][number];

const placeText = (place: Place): string => {
  if (typeof place === "string") return words(place);
  return place.region === undefined ? place.country : `${place.region}, ${place.country}`;
};

export const collectedText = (of: AnyProvenance): string =>
  of.collected_in.map(placeText).join("; ") || "not stated";

/** One line an element: the parts of its metal by what it was before it was collected. */
export const feedstockLines = (of: AnyProvenance): readonly string[] =>
  fromRecords(of)
    ? Object.entries(of.feedstock).map(([element, parts]) => {
        const shares = Object.entries(parts).map(
          ([part, share]) => `${words(part)} ${decimals(Number(share) * 100, 0)} %`,
        );
        return `${element}: ${shares.join(", ")}`;
      })
    : ["not stated"];

/** Metal is called recycled where records say that it was waste before, and not because a feed of it was settled. */
export function recycledText(of: AnyProvenance, share: string): string {
  const part = `${decimals(Number(share) * 100, 0)} %`;
  if (fromRecords(of) && of.origin === "recovered") return `${part} recycled`;
  const why =
    fromRecords(of) && of.origin !== "not_stated" ? `origin ${words(of.origin)}` : "feedstock not stated";
  return `${part} from settled feeds, ${why}`;
}

/** What the parts of a passport leave to it; nothing where none has a passport of its own. */
export function leftTo(of: Pick<PassportRecord, "mass_mg" | "parts">): number | undefined {
  const parts = Object.values(of.parts ?? {});
  return parts.length === 0
    ? undefined
    : Math.max(
        0,
        parts.reduce((left, mg) => left - mg, of.mass_mg),
      );
}
