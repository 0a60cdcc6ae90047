import type { Auditor } from "../auditor/index.ts";
import type { Books } from "../books.ts";
import { must } from "../red.ts";
import { by } from "../teller.ts";
import { copied, type Probe } from "./probe.ts";

const planner = by("planner@ref");

/** Why a promise may have to wait. That somebody else owns what was promised, or has more of it, is none of them. */
const WAITS =
  /^(?:passport_missing|specification_not_met|lot_not_on_hand|buyer_not_qualified|trial_limit_exceeded|data_not_destroyed|order_closed)$/;

/** Every promise is met or says what it waits for; every one can be withdrawn, and every open order cancelled. */
async function metOrWithdrawn(books: Books, auditor: Auditor): Promise<void> {
  const promises = [...auditor.seen.lots.values()].flatMap(({ lot, taken }) =>
    [...taken.promised.keys()].map((order) => ({ order, lot })),
  );
  const meeting = copied(books, auditor);
  for (const { order, lot } of promises) {
    const passport = (await books.look("lot_passport", lot))?.passport ?? "P-0";
    const { code } = await meeting.ask("orders ship", { order, lot, passport, carrier: "car" }, planner);
    must(
      code === "done" || WAITS.test(code),
      "a promise is met or says what it waits for",
      () => `${lot}: ${code}`,
    );
  }
  const withdrawing = copied(books, auditor);
  for (const { order, lot } of promises) {
    const { code } = await withdrawing.ask("orders release", { order, lot, why: "w" }, planner);
    must(code === "done", "a promise can be withdrawn", () => `${lot} from ${order}: ${code}`);
  }
  for (const { order, cancelled, shipped, mass } of auditor.seen.orders.values()) {
    if (cancelled || shipped === mass) continue;
    const { code } = await withdrawing.ask("orders cancel", { order, why: "w" }, planner);
    must(code === "done", "an open order can be cancelled", () => `${order}: ${code}`);
  }
  for (const { lot, taken } of withdrawing.auditor.seen.lots.values())
    must(taken.promised.size === 0, "what is withdrawn is free", () => lot);
}

export const PROMISES: Probe = {
  name: "promises",
  after: /^(?:order_|allocation_|buyer_|lot_|lots_|step_|title_|certificate_|product_|passport_)/,
  try: metOrWithdrawn,
};
