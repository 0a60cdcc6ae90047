/** Mean radius of the Earth, km: IUGG (Moritz, Geodetic Reference System 1980). */
const EARTH_RADIUS_KM = 6371.0088;
/** International mile, exact. */
const KM_PER_MILE = 1.609344;

export interface Point {
  readonly lat: number;
  readonly lon: number;
}

/** Great-circle distance by the haversine formula, km. */
export function distance_km(a: Point, b: Point): number {
  const radians = (degrees: number) => (degrees * Math.PI) / 180;
  const dLat = radians(b.lat - a.lat);
  const dLon = radians(b.lon - a.lon);
  const h =
    Math.sin(dLat / 2) ** 2 + Math.cos(radians(a.lat)) * Math.cos(radians(b.lat)) * Math.sin(dLon / 2) ** 2;
  return 2 * EARTH_RADIUS_KM * Math.asin(Math.min(1, Math.sqrt(h)));
}

export interface Centre extends Point {
  readonly site: string;
  readonly name: string;
  readonly city: string;
  readonly state: string;
  readonly status: string;
  readonly capabilities: readonly string[];
}

export interface Offer {
  readonly site: string;
  readonly name: string;
  readonly city: string;
  readonly state: string;
  readonly distance_km: number;
  readonly distance_miles: number;
  readonly offered: boolean;
  readonly why: string;
}

/** Ranks the centres for a place (N1): those that can take it in, nearest first, then the others with what they lack. */
export function rankCentres(from: Point, centres: readonly Centre[], needs: readonly string[]): Offer[] {
  const wanted = ["intake", ...needs];
  const offers = centres.map((centre) => {
    const km = distance_km(from, centre);
    const lacks = wanted.filter((need) => !centre.capabilities.includes(need));
    const offered = centre.status === "open" && lacks.length === 0;
    const why = offered
      ? `open, can do ${wanted.join(", ")}, ${Math.round(km / KM_PER_MILE)} miles away`
      : centre.status !== "open"
        ? `is ${centre.status}`
        : `is not registered for ${lacks.join(", ")}`;
    const { site, name, city, state } = centre;
    return {
      site,
      name,
      city,
      state,
      distance_km: round1(km),
      distance_miles: round1(km / KM_PER_MILE),
      offered,
      why,
    };
  });
  return offers.sort(
    (a, b) =>
      Number(b.offered) - Number(a.offered) || a.distance_km - b.distance_km || (a.site < b.site ? -1 : 1),
  );
}

const round1 = (x: number): number => Math.round(x * 10) / 10;
