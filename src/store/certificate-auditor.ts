import { type Certificate, compareWithBooks } from "../certify/index.ts";
import type { Entry, Lot } from "../ledger/index.ts";
import type { Found } from "./found.ts";

interface Released {
  readonly lot: string;
  readonly certificate: {
    readonly sample?: string;
    readonly net_mass_mg?: number;
    readonly analysed_on?: string;
    readonly made_on?: string;
  };
  readonly rests_on?: { readonly sample: string; readonly lot: string };
  /** Where it says itself how far the books differ from it, that was known when it was released. */
  readonly findings?: readonly unknown[];
}

type Held = Pick<Lot, "mass_mg" | "elements_mg">;

/** A day of a laboratory may begin so much before that of the books. */
const DAY_AHEAD_MS = 14 * 3_600_000;

/** One analysis for one lot, dated when it could be made, and released before a passport stands on it (P49). */
export class CertificateAuditor {
  checked = 0;
  private readonly byLot = new Map<string, Released>();
  /** What lots held when they were made or last measured. */
  private readonly held = new Map<string, Held>();
  private readonly bySample = new Map<string, Released[]>();

  take({ kind, time, body }: Entry): readonly Found[] {
    if (kind === "step_recorded")
      for (const output of body["outputs"] as (Held & { lot: string })[]) this.held.set(output.lot, output);
    if (kind === "lot_restated") this.held.set(String(body["lot"]), body["after"] as Held);
    if (kind === "certificate_released") return this.release(body as unknown as Released, time);
    return kind === "passport_issued" ? this.issue(body as never) : [];
  }

  private release(body: Released, time: string): Found[] {
    this.checked++;
    const { lot, certificate, rests_on } = body;
    const found: Found[] = [];
    const say = (fault: string, why: string) => found.push({ check: "certificates", fault, why });
    const { sample, analysed_on, made_on } = certificate;
    const others = sample === undefined ? [] : (this.bySample.get(sample) ?? []);
    const other = others.find(
      (o) => o.lot !== lot && (!rests_on || !o.rests_on || o.rests_on.lot === rests_on.lot),
    );
    if (other)
      say(
        "certificate_used_twice",
        `the sample ${sample} carries the certificates of ${other.lot} and of ${lot}`,
      );
    if (analysed_on !== undefined && made_on !== undefined && analysed_on < made_on)
      say("time_before_input", `${lot} was made on ${made_on}, and analysed on ${analysed_on}`);
    const day = new Date(Date.parse(time) + DAY_AHEAD_MS).toISOString().slice(0, 10);
    if (analysed_on !== undefined && analysed_on > day)
      say("time_after_entry", `${lot} was analysed on ${analysed_on}, and certified at ${time}`);
    const held = this.held.get(lot);
    if (held && body.findings === undefined && "oxide" in certificate)
      for (const { element, message, z } of compareWithBooks(held, certificate as Certificate))
        say("books_differ", `${lot}, ${element}: ${message} (${z} standard uncertainties)`);
    this.byLot.set(lot, body);
    if (sample !== undefined) this.bySample.set(sample, [...others, body]);
    return found;
  }

  private issue({ passport, lot, mass_mg }: { passport: string; lot: string; mass_mg: number }): Found[] {
    this.checked++;
    const certificate = this.byLot.get(lot)?.certificate;
    if (!certificate)
      return [say(`${passport} describes ${lot}, of which no certificate of analysis was released`)];
    const { net_mass_mg } = certificate;
    return net_mass_mg === undefined || net_mass_mg === mass_mg
      ? []
      : [
          say(
            `${passport} describes ${mass_mg} mg of ${lot}, its certificate of analysis is for ${net_mass_mg} mg`,
          ),
        ];
  }
}

const say = (why: string): Found => ({ check: "certificates", fault: "certificate_not_released", why });
