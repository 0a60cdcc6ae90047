import { type BundleEnd, showsOf } from "./bundle.ts";
import { type Json, proofFault, signerOf } from "./proof.ts";
import type { BundleShape } from "./read.ts";

/** Where a bundle ends for whoever reads it, or why nobody answers for its end. */
export type BundleEndRead =
  | { readonly end: BundleEnd; readonly counts: number; readonly after_count: number }
  | { readonly unsigned: { readonly at: string; readonly why: string } };

const unsigned = (at: string, why: string): BundleEndRead => ({ unsigned: { at, why } });

/**
 * Reads the end of a bundle: who signed it is told to the verifier of each passport, who trusts some issuers and not others. It
 * must be of this chain, of these disclosed entries, and not older than the last entry it covers (C13).
 */
export function readEnd(bundle: BundleShape, given: Readonly<Record<string, unknown>>): BundleEndRead {
  const { end, headers, disclosed } = bundle;
  if (!end)
    return unsigned("end", "nobody signed where the bundle ends: what is missing there cannot be told");
  const document = given["end"] as Json;
  const fault = proofFault(document);
  if (fault) return unsigned("end.proof", `its end is not as it was signed: ${fault.replaceAll("_", " ")}`);
  if (signerOf(document) !== end.issuer)
    return unsigned("end.issuer", `its end names ${end.issuer}, and another key signed it`);
  const last = headers[end.head.seq - 1];
  if (last?.hash !== end.head.hash)
    return unsigned("end.head", `its end was signed for another log, or for more of it than is here`);
  const shown = disclosed.filter(({ seq }) => seq <= end.head.seq);
  if (end.shows !== showsOf(shown))
    return unsigned("end.shows", "other entries are disclosed than its maker disclosed");
  if (Date.parse(end.at) < Date.parse(last.time))
    return unsigned("end.at", `its end is dated ${end.at}, before its last entry of ${last.time}`);
  return {
    end: end as unknown as BundleEnd,
    counts: end.head.seq,
    after_count: headers.length - end.head.seq,
  };
}
