import type { AnySample, Party, Side } from "../../assay/index.ts";
import { type Concerned, FIRMS, type Reads } from "../core/concerns.ts";
import { firmsOf } from "./firms.ts";

type Get = Pick<Reads, "get">;

/** The firms of a sample; of one from before they were kept, by whose its lot is and where it stands. */
export async function firmsOfSample(
  { get }: Get,
  sample: AnySample,
): Promise<{ readonly [P in Party]?: string }> {
  if (sample.purpose !== "product" && sample.firms) return sample.firms;
  const lot = await get("lot", sample.lot);
  return lot ? firmsOf({ get }, lot) : {};
}

/** The party of one side. Where the lot was sampled at its owner's, the processor is whichever firm is not the supplier. */
async function ofSide(records: Get, sample: AnySample, side: Party): Promise<Concerned> {
  const firms = await firmsOfSample(records, sample);
  const firm = firms[side];
  const other = firms[side === "supplier" ? "processor" : "supplier"];
  return firm === undefined ? { kinds: FIRMS, but: [other] } : [firm];
}

/**
 * Who may report on a portion, correct that, or release it: its laboratory, and the party of its side. A correction is for the
 * laboratory that reported before: another does not withdraw its results by naming itself.
 */
export async function whoseReport(
  records: Get,
  asked: { readonly sample: string; readonly side: Side | "product"; readonly laboratory?: string },
): Promise<Concerned> {
  const sample = await records.get("sample", asked.sample);
  if (!sample) return [];
  const { side } = asked;
  const reports: { readonly [S in Side | "product"]?: { readonly laboratory: string } } = sample.reports;
  const laboratory = reports[side]?.laboratory ?? asked.laboratory;
  if (side === "umpire") return [laboratory];
  if (side === "product") return [laboratory, (await records.get("lot", sample.lot))?.owner];
  const firm = await ofSide(records, sample, side);
  return "kinds" in firm ? { ...firm, parties: [laboratory] } : [laboratory, ...firm];
}

/** The two firms of a sample, each of which says who is umpire. */
export async function bothFirms(records: Get, id: string): Promise<Concerned> {
  const sample = await records.get("sample", id);
  if (!sample) return [];
  const { supplier, processor } = await firmsOfSample(records, sample);
  return processor === undefined ? { kinds: FIRMS, parties: [supplier] } : [supplier, processor];
}

/** Who consents that a side corrects its report: the other firm. */
export async function otherFirm(
  records: Get,
  asked: { readonly sample: string; readonly side: Party },
): Promise<Concerned> {
  const sample = await records.get("sample", asked.sample);
  return sample ? ofSide(records, sample, asked.side === "supplier" ? "processor" : "supplier") : [];
}
