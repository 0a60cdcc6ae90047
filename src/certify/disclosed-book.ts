import type { z } from "zod";
import { type EntryHeader, sealOf } from "../ledger/index.ts";
import type { Disclosed } from "./bundle.ts";
import { DisclosedKeys } from "./disclosed-keys.ts";
import { Papers } from "./papers.ts";
import {
  AnalysedBody,
  AnalysisReleasedBody,
  FeedBody,
  KeyBornBody,
  KeyRetiredBody,
  KeyRevokedBody,
  OpenedBody,
  PassportBody,
  ReleasedBody,
  RestatedBody,
  ReversedBody,
  RevokedBody,
  SampledBody,
  SignedBody,
  SiteCountryBody,
  StepBody,
  SupersededBody,
  TracedBody,
} from "./read.ts";

/** Kinds of entry that the verifier reads, with the shape of each. */
const SHAPES = {
  step_recorded: StepBody,
  step_reversed: ReversedBody,
  lot_opened: OpenedBody,
  lot_restated: RestatedBody,
  feed_measured: FeedBody,
  feed_agreed: FeedBody,
  feed_traced: TracedBody,
  site_country_stated: SiteCountryBody,
  passport_issued: PassportBody,
  passport_signed: SignedBody,
  passport_revoked: RevokedBody,
  signing_key_born: KeyBornBody,
  signing_key_retired: KeyRetiredBody,
  signing_key_revoked: KeyRevokedBody,
  certificate_released: ReleasedBody,
  certificate_superseded: SupersededBody,
  product_sample_taken: SampledBody,
  product_reported: AnalysedBody,
  assay_released: AnalysisReleasedBody,
};
type Shapes = typeof SHAPES;

/** One disclosed entry as it was sealed. */
export type Told = {
  readonly [K in keyof Shapes]: {
    readonly kind: K;
    readonly seq: number;
    readonly time: string;
    readonly body: z.infer<Shapes[K]>;
  };
}[keyof Shapes];
export type ToldOf<K extends keyof Shapes> = Extract<Told, { kind: K }>;

export interface StepEntry {
  readonly seq: number;
  readonly time: string;
  readonly step: StepBody;
}

/** What the disclosed entries say, each checked against its seal, in the order of the log. */
export class DisclosedBook {
  readonly told: Told[] = [];
  /** The step that made a lot; what was taken back made nothing. */
  readonly madeBy = new Map<string, StepEntry>();
  /** Lots that came onto the books from outside, with the entry that opened them. */
  readonly openedAt = new Map<string, number>();
  readonly restated = new Map<string, (RestatedBody & { readonly seq: number })[]>();
  readonly feeds = new Map<string, FeedBody & { readonly seq: number }>();
  readonly passports: (PassportBody & { readonly seq: number; readonly time: string })[] = [];
  readonly revoked = new Set<string>();
  /** Digests of what was signed, by passport: the first one counts. */
  readonly signed = new Map<string, string>();
  readonly keys = new DisclosedKeys();
  /** Which passports live, and which is a part of which. */
  readonly papers = new Papers((key) => this.keys.partyOf(key));

  /** Takes one disclosed entry in; answers what is wrong with it. Other kinds may be disclosed and are not read. */
  take(part: Disclosed, header: EntryHeader | undefined): string | undefined {
    if (!header) return "is not in the chain";
    if (sealOf(part) !== header.sealed) return "shows something else than was sealed";
    const { kind, time } = header;
    if (!Object.hasOwn(SHAPES, kind)) return undefined;
    const read = SHAPES[kind as keyof Shapes].safeParse(part.body);
    if (!read.success) return `(${kind}) cannot be read: ${whyUnreadable(read.error)}`;
    const told = { kind, seq: part.seq, time, body: read.data } as Told;
    this.told.push(told);
    this.keep(told);
    return undefined;
  }

  private keep(told: Told): void {
    const { kind, seq, body, time } = told;
    if (kind === "step_recorded")
      for (const { lot } of body.outputs) this.madeBy.set(lot, { seq, time, step: body });
    if (kind === "lot_opened") this.openedAt.set(body.lot, seq);
    if (kind === "lot_restated")
      this.restated.set(body.lot, [...(this.restated.get(body.lot) ?? []), { ...body, seq }]);
    if (kind === "feed_measured") this.feeds.set(body.feed, { ...body, seq });
    if (kind === "passport_issued") {
      this.passports.push({ ...body, seq, time });
      this.papers.issue(body);
    }
    if (kind === "passport_signed" && body.credential_digest !== undefined && !this.signed.has(body.passport))
      this.signed.set(body.passport, body.credential_digest);
    if (kind === "signing_key_born") this.keys.bear(body, seq);
    if (kind === "signing_key_retired") this.keys.retire(body, { seq, time });
    if (kind === "signing_key_revoked") this.keys.revoke(body, { seq, time });
    if (kind === "passport_revoked") {
      this.revoked.add(body.passport);
      this.papers.revoke(body.passport);
    }
  }

  passport(name: string): (PassportBody & { readonly seq: number; readonly time: string }) | undefined {
    return this.passports.find((p) => p.passport === name);
  }

  /** What a lot held when it was last measured, or else when it was made. */
  held(lot: string): Pick<StepBody["outputs"][number], "mass_mg" | "elements_mg"> | undefined {
    const made = this.madeBy.get(lot)?.step.outputs.find((output) => output.lot === lot);
    return this.restated.get(lot)?.at(-1)?.after ?? made;
  }

  /** Passports that live and whose claims stand by themselves. */
  standing(): (PassportBody & { readonly seq: number })[] {
    return this.passports.filter((p) => !this.revoked.has(p.passport) && !this.papers.motherOf(p));
  }
}

export const whyUnreadable = ({ issues }: z.ZodError): string =>
  `${issues[0]?.path.map(String).join(".") || "document"}: ${issues[0]?.message ?? "unreadable"}`;
