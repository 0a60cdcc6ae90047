import { z } from "zod";
import type { CampaignResult } from "../../column/index.ts";
import { PageOf } from "../../contract/fields.ts";
import { CampaignId, ElementSymbol, LotMade, SiteId } from "../../contract/identifiers.ts";
import { StepInput } from "../../contract/step.ts";
import { done, refuse, refusedAt } from "../../quantity/index.ts";
import { decideRun, endOf, findingsOf, SYSTEMS } from "../../refine/index.ts";
import { pageOf } from "../core/pages.ts";
import { command, query } from "../core/use-case.ts";
import { whoseStep } from "../core/whose.ts";
import { stepBody } from "../prepare/step.ts";
import { design, plan } from "./plan.ts";
import { cancel, move, whereBusy } from "./when.ts";

export const recordRun = command({
  room: "refine",
  verb: "record-run",
  summary:
    "Record the run of a campaign: its fractions as weighed and assayed, what stays on the columns, the yields.",
  input: z.strictObject({
    campaign: CampaignId({ state: "planned" }),
    products: z
      .record(LotMade(z.string().max(64)), ElementSymbol(z.string().max(3)))
      .describe("which element each fraction lot was made for"),
    run: StepInput.omit({ kind: true }),
  }),
  example: {
    campaign: "K-1",
    products: { "L-ND": "Nd", "L-PR": "Pr", "L-DY": "Dy" },
    run: {
      step: "S-K-1",
      site: "noblesville",
      inputs: [{ lot: "L-SOLUTION" }],
      additions: [{ name: "ligand and displacer solution", mass: "6289 kg", scale: "noblesville-floor" }],
      outputs: [
        {
          lot: "L-ND",
          kind: "fraction",
          mass: "10482 kg",
          scale: "noblesville-floor",
          content: {
            by: "assay" as const,
            laboratory: "sample-lab-b",
            mg_per_kg: { Nd: { best: 25_250, sd: 100 }, Pr: { best: 0.6, sd: 0.1 } },
          },
        },
        {
          lot: "L-PR",
          kind: "fraction",
          mass: "1572 kg",
          scale: "noblesville-floor",
          content: {
            by: "assay" as const,
            laboratory: "sample-lab-b",
            mg_per_kg: { Pr: { best: 21_900, sd: 100 }, Nd: { best: 180, sd: 5 } },
          },
        },
        {
          lot: "L-DY",
          kind: "fraction",
          mass: "699 kg",
          scale: "noblesville-floor",
          content: {
            by: "assay" as const,
            laboratory: "sample-lab-b",
            mg_per_kg: { Dy: { best: 21_800, sd: 100 }, Nd: { best: 150, sd: 5 } },
          },
        },
        {
          lot: "L-RECYCLE",
          kind: "recycle",
          mass: "2212 kg",
          scale: "noblesville-floor",
          content: { by: "rest" as const },
        },
      ],
      losses: [
        {
          place: "spent eluate",
          mass: "2096 kg",
          scale: "noblesville-floor",
          content: { by: "none" as const },
        },
      ],
    },
  },
  concerns: {
    says: "the owner of the lots, or the party of the site",
    of: async ({ run: { site, inputs } }, records) => whoseStep(records, { site, inputs }),
  },
  async decide(scope, { campaign: id, products, run }) {
    const body = await stepBody(scope, { ...run, kind: "chromatograph" });
    if (!body.ok) return refusedAt(body.refusal, `run.${body.refusal.at}`);
    const campaign = await scope.get("campaign", id);
    const recorded = decideRun(campaign, body.value, { campaign: id, products });
    if (!recorded.ok) return recorded;
    const until = recorded.value.at;
    const free = await whereBusy(scope, campaign?.columns ?? [], {
      campaign: id,
      from: campaign?.at ?? until,
      to: until,
    });
    if (!free.ok) return free;
    return done({
      entries: [
        { kind: "step_recorded", body: body.value },
        { kind: "campaign_run", body: recorded.value },
      ],
      answer: {
        campaign: id,
        step: body.value.step,
        yields: recorded.value.yields,
        predicted: campaign?.predicted,
        findings: campaign ? findingsOf(campaign, recorded.value) : [],
        closure: body.value.closure,
      },
    });
  },
});

const list = query({
  room: "refine",
  verb: "list",
  summary: "Campaigns, a page at a time.",
  input: z.strictObject({
    site: SiteId().optional(),
    state: z.enum(["planned", "run", "cancelled"]).optional(),
    ...PageOf,
  }),
  example: { limit: 20 },
  answer: (ports, { after, limit, ...filter }) => pageOf(ports, "campaign", { after, limit, filter }),
});

const show = query({
  room: "refine",
  verb: "show",
  summary: "One campaign with its design, predicted and recorded yields, and its chromatograms.",
  input: z.strictObject({ campaign: CampaignId() }),
  example: { campaign: "K-1" },
  async answer(ports, { campaign }) {
    const found = await ports.store.load("campaign", campaign);
    if (!found) return refuse("campaign_unknown", "campaign", `no campaign ${campaign} is on the books`);
    const record = found.record;
    const document = await ports.store.document(record.chromatogram_digest);
    const kept: Pick<CampaignResult, "columns"> = document
      ? JSON.parse(new TextDecoder().decode(document.bytes))
      : { columns: [] };
    const ends_at = record.run?.at ?? endOf(record.at, record.duration_h);
    return done({ ...record, ends_at, chromatograms: kept.columns });
  },
});

const systems = query({
  room: "refine",
  verb: "systems",
  summary:
    "The ways of separating that are known: ligand, constants, sorbent, flow, with the evidence for their figures.",
  input: z.strictObject({}),
  example: {},
  answer: async () => done({ items: SYSTEMS }),
});

export const refineUseCases = [design, plan, move, cancel, recordRun, list, show, systems] as const;
