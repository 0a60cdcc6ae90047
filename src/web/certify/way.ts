import { words } from "../kit/show/figure-text.ts";
import { fipsOf } from "../kit/show/fips.ts";
import type { Credential } from "./credential.ts";

type Stop = Credential["credentialSubject"]["provenance"]["sites"][number];

/** What was done in one state, and whether the metal went on from there to where it was joined. */
export interface Station {
  readonly state: string;
  readonly country: string;
  readonly fips: string | undefined;
  readonly steps: readonly string[];
  readonly from: string;
  readonly to: string;
}

/** Steps gathered by state, in the order in which each state was first reached. */
export function stationsOf(sites: readonly Stop[]): readonly Station[] {
  const inOrder = [...sites].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  const stations = new Map<string, { stop: Stop; steps: Set<string>; to: string }>();
  for (const stop of inOrder) {
    const key = `${stop.country} ${stop.state ?? ""}`;
    const known = stations.get(key) ?? { stop, steps: new Set<string>(), to: stop.at };
    known.steps.add(words(stop.step));
    stations.set(key, { ...known, to: stop.at });
  }
  return [...stations.values()].map(({ stop, steps, to }) => ({
    state: stop.state ?? "",
    country: stop.country,
    fips: stop.country === "US" ? fipsOf(stop.state ?? "") : undefined,
    steps: [...steps],
    from: stop.at,
    to,
  }));
}

/** The metal ends where the last step was done; every other station sent its part there. */
export function lastStation(stations: readonly Station[]): Station | undefined {
  return stations.reduce<Station | undefined>((last, s) => (last && last.to >= s.to ? last : s), undefined);
}
