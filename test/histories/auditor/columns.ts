import { must } from "../red.ts";
import type { Body } from "./read.ts";
import type { Seen, SeenCampaign } from "./seen.ts";

const HOUR_MS = 3_600_000;

const endOf = (from: string, hours: number): string =>
  new Date(Date.parse(from) + Math.round(hours * HOUR_MS)).toISOString();

export function plan(seen: Seen, body: Body): void {
  const hours = (body["cycles"] * Number(body["design"].cycle_s ?? 0)) / 3600;
  const from = body["starts_at"] ?? body["at"];
  const { campaign, lot, columns } = body;
  seen.campaigns.set(campaign, {
    campaign,
    lot,
    columns,
    hours,
    from,
    to: endOf(from, hours),
    state: "planned",
  });
}

const campaignOf = (seen: Seen, id: string): SeenCampaign => {
  const found = seen.campaigns.get(id);
  must(found?.state === "planned", "a campaign that is planned is moved, cancelled or run", () => id);
  return found;
};

export function move(seen: Seen, body: Body): void {
  const campaign = campaignOf(seen, body["campaign"]);
  campaign.from = body["starts_at"];
  campaign.to = endOf(campaign.from, campaign.hours);
}

export function cancel(seen: Seen, body: Body): void {
  campaignOf(seen, body["campaign"]).state = "cancelled";
}

export function run(seen: Seen, body: Body): void {
  const campaign = campaignOf(seen, body["campaign"]);
  Object.assign(campaign, { state: "run", to: body["at"], run_step: body["step"] });
}

/** A run whose step is taken back was none: its campaign is planned again, for as long as its plan needs. */
export function takeBack(seen: Seen, step: string): void {
  for (const campaign of seen.campaigns.values())
    if (campaign.run_step === step && campaign.state === "run")
      Object.assign(campaign, { state: "planned", to: endOf(campaign.from, campaign.hours) });
}

/** A column does one thing at a time, and a lot is planned once. */
export function checkColumns(seen: Seen): void {
  const standing = [...seen.campaigns.values()].filter(({ state }) => state !== "cancelled");
  for (const [i, one] of standing.entries())
    for (const other of standing.slice(i + 1)) {
      const column = one.columns.find((unit) => other.columns.includes(unit));
      const meet = Date.parse(one.from) < Date.parse(other.to) && Date.parse(other.from) < Date.parse(one.to);
      must(
        column === undefined || !meet,
        "a column does one thing at a time",
        () =>
          `${column}: ${one.campaign} (${one.state}) ${one.from} to ${one.to}, ` +
          `${other.campaign} (${other.state}) ${other.from} to ${other.to}`,
      );
      must(
        one.lot !== other.lot || one.state === "run" || other.state === "run",
        "a lot is planned once",
        () => `${one.lot}: ${one.campaign}, ${other.campaign}`,
      );
    }
}
