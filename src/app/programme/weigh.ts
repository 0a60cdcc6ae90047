import type { Mass } from "../../contract/fields.ts";
import type { Weighing, WeighingTicket } from "../../ledger/index.ts";
import { biasOf, doubtAt, readingsOfUnit } from "../../programme/index.ts";
import {
  done,
  inHalves,
  inKg,
  type ReadingDoubt,
  readMass,
  refuse,
  wholeDoubt,
} from "../../quantity/index.ts";
import type { Scope } from "../core/use-case.ts";

export interface WeighedInput {
  /** The net weight; in its place stand gross and tare. */
  readonly mass?: Mass | undefined;
  readonly gross?: Mass | undefined;
  readonly tare?: Mass | undefined;
  readonly tare_kind?: "taken" | "stored" | undefined;
  readonly ticket?: string | undefined;
  readonly mark?: string | undefined;
  readonly scale?: string | undefined;
  readonly sd?: Mass | undefined;
  /** Where the weight stands in the input. */
  readonly at: string;
}

const within = (at: string, field: string): string => (at === "" ? field : `${at}.${field}`);

/**
 * A weight with its doubt: from the registered scale, or as stated. A doubt stated as one figure is repeatability and bias alike. A
 * tare taken on the same scale has the scale's bias too, and takes it out of the net weight; a stored one does not (G12).
 * Refusals: input_malformed, mass_stated_twice, net_not_positive, doubt_missing, scale_unknown, mass_outside_scale, doubt_too_wide, and of the masses.
 */
export async function weigh(scope: Scope, site: string, given: WeighedInput) {
  const { mass, gross, tare, at } = given;
  const tared = gross !== undefined || tare !== undefined || given.tare_kind !== undefined;
  if (mass !== undefined && tared)
    return refuse(
      "mass_stated_twice",
      within(at, "mass"),
      "state the net weight, or gross and tare; not both",
    );
  const instrument = await instrumentOf(scope, site, given);
  if (!instrument.ok) return instrument;
  const ticket = ticketOf(given);
  if (mass !== undefined) {
    const net = readOn(instrument.value, mass, within(at, "mass"));
    return net.ok ? done<Weighing>({ ...net.value, ...ticketed(ticket) }) : net;
  }
  if (gross === undefined || tare === undefined) {
    const missing = !tared ? "mass" : gross === undefined ? "gross" : "tare";
    const place = within(at, missing);
    return refuse("input_malformed", place, `${place}: state the net weight as mass, or gross and tare`);
  }
  const full = readOn(instrument.value, gross, within(at, "gross"));
  if (!full.ok) return full;
  const stored = given.tare_kind === "stored";
  const empty = readOn(instrument.value, tare, within(at, "tare"), stored);
  if (!empty.ok) return empty;
  const weights = { gross_mg: full.value.mass_mg, tare_mg: empty.value.mass_mg };
  if (weights.gross_mg <= weights.tare_mg)
    return refuse("net_not_positive", at || "tare", "the tare is not below the gross weight");
  const weighing_ticket = { ...weights, tare_kind: given.tare_kind ?? "taken", ...ticket };
  return done<Weighing>({ ...netOf(full.value, empty.value, stored), weighing_ticket });
}

/** What weighs: the name under which its readings share their bias, and the doubt of a reading, if it reaches so far. */
interface Instrument {
  readonly name: string;
  readonly scale: string;
  readonly doubtAt: (mass_mg: number) => ReadingDoubt | undefined;
  /** A doubt that is stated beside a registered scale, where it stands, and what the scale itself errs by. */
  readonly beside?: {
    readonly sd_mg: number;
    readonly at: string;
    readonly ownAt: (mass_mg: number) => ReadingDoubt | undefined;
  };
}

/** A reading may be worse than its scale is registered to be, in wind or on a soft floor; so much worse it is another scale. Our estimate, evidence C. */
const MOST_WORSE = 10;

/** A doubt stated far beyond that of its scale would let anything be missing (R3). */
function tooWide({ name, beside }: Instrument, mass_mg: number) {
  const own = beside?.ownAt(mass_mg);
  const most = own && MOST_WORSE * wholeDoubt(own);
  if (!beside || most === undefined || beside.sd_mg <= most) return undefined;
  const message = `${name} errs by ${inKg(most / MOST_WORSE)} there, and ${inKg(beside.sd_mg)} is stated: more than ten times as much. Leave sd out, or register what the scale does`;
  return refuse("doubt_too_wide", beside.at, message, { sd_mg: beside.sd_mg, most_mg: Math.round(most) });
}

async function instrumentOf(scope: Scope, site: string, given: WeighedInput) {
  const { at } = given;
  const sd = given.sd === undefined ? undefined : readMass(given.sd as never, within(at, "sd"));
  if (sd && !sd.ok) return sd;
  const stated = sd && inHalves(sd.value);
  if (given.scale === undefined) {
    if (stated) return done<Instrument>({ name: "scale", scale: `stated:${site}`, doubtAt: () => stated });
    const asked = "name the scale the weight was read on, or state its standard uncertainty as sd";
    return refuse("doubt_missing", at || "scale", asked);
  }
  const unit = await scope.get("unit", given.scale);
  const readings = unit?.site === site ? readingsOfUnit(unit) : undefined;
  if (!readings)
    return refuse("scale_unknown", within(at, "scale"), `no scale ${given.scale} is registered at ${site}`);
  const scale = biasOf(given.scale, readings.calibration);
  const ownAt = (mg: number) => doubtAt(readings, mg);
  const beside = sd && { sd_mg: sd.value, at: within(at, "sd"), ownAt };
  const weighs = { name: given.scale, scale, doubtAt: (mg: number) => stated ?? ownAt(mg) };
  return done<Instrument>({ ...weighs, ...(beside ? { beside } : {}) });
}

/** One figure of an instrument; a stored one may lie outside what it reaches, and errs as what it does reach. */
function readOn(instrument: Instrument, given: Mass, at: string, stored = false) {
  const mass = readMass(given as never, at);
  if (!mass.ok) return mass;
  const { name, scale, doubtAt } = instrument;
  const wide = stored ? undefined : tooWide(instrument, mass.value);
  if (wide) return wide;
  const doubt_mg = doubtAt(mass.value);
  if (!doubt_mg && !stored)
    return refuse("mass_outside_scale", at, `${name} is not stated to weigh as much, or as little`);
  return done<Weighing>({ mass_mg: mass.value, doubt_mg: doubt_mg ?? { random: 0, shared: 0 }, scale });
}

/** Gross less tare. On one scale the bias of one goes from that of the other; a stored tare errs by itself, wherever it is used. */
function netOf(full: Weighing, empty: Weighing, stored: boolean): Weighing {
  const mass_mg = full.mass_mg - empty.mass_mg;
  const { scale, doubt_mg } = full;
  if (!stored) {
    const random = Math.hypot(doubt_mg.random, empty.doubt_mg.random);
    return { mass_mg, doubt_mg: { random, shared: doubt_mg.shared - empty.doubt_mg.shared }, scale };
  }
  const sd_mg = wholeDoubt(empty.doubt_mg) || wholeDoubt(doubt_mg);
  return { mass_mg, doubt_mg, scale, stored_tare: { sd_mg, name: `tare/${scale}/${empty.mass_mg}` } };
}

const ticketOf = ({ ticket, mark }: WeighedInput): Pick<WeighingTicket, "ticket" | "mark"> => ({
  ...(ticket === undefined ? {} : { ticket }),
  ...(mark === undefined ? {} : { mark }),
});

const ticketed = (ticket: WeighingTicket): Pick<Weighing, "weighing_ticket"> =>
  Object.keys(ticket).length === 0 ? {} : { weighing_ticket: ticket };
