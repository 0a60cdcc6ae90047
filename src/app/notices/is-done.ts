import type { Notice } from "../core/notices.ts";
import type { Records } from "../core/records.ts";
import type { Books } from "./belongs.ts";
import type { NoticeKindName } from "./kinds.ts";

type Done<R> = (record: R, notice: Notice) => boolean;
const asksOf = <K extends keyof Records>(collection: K, done: Done<Records[K]>) => ({ collection, done });

/** Kinds that wait for something that the books then show. The others are told, and there is nothing to do. */
const DONE: { readonly [K in NoticeKindName]?: ReturnType<typeof asksOf<never>> } = {
  shipment_coming: asksOf("shipment", ({ state }) => state === "received") as never,
  sample_to_assay: asksOf("sample", ({ reports }, { party }) =>
    Object.values(reports).some((report) => report?.laboratory === party),
  ) as never,
  terms_proposed: asksOf("agreement", ({ terms, versions }, { about }) => {
    const version = about?.version ?? 0;
    return versions > version || terms.some((one) => one.version === version && one.accepted !== undefined);
  }) as never,
  lot_move_proposed: asksOf("statement", ({ move }) => move === undefined) as never,
  campaign_planned: asksOf("campaign", ({ state }) => state !== "planned") as never,
  order_placed: asksOf("order", ({ state }) => state !== "open") as never,
};

/** Whether what a notice waits for is done; undefined where nothing is to be done, or the books do not say. */
export async function isDone(notice: Notice, { get }: Pick<Books, "get">): Promise<boolean | undefined> {
  const asks = Object.hasOwn(DONE, notice.kind) ? DONE[notice.kind as NoticeKindName] : undefined;
  if (!asks || !notice.about) return undefined;
  const record = await get(asks.collection, notice.about.id);
  return record === undefined ? undefined : asks.done(record, notice);
}
