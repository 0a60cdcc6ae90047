import type { Notice } from "../core/notices.ts";
import type { Collection, Records } from "../core/records.ts";
import type { Books } from "./belongs.ts";
import type { NoticeKindName } from "./kinds.ts";

type Asks = (notice: Notice, books: Pick<Books, "get">) => Promise<boolean | undefined>;

const where =
  <K extends Collection>(collection: K, done: (record: Records[K], notice: Notice) => boolean): Asks =>
  async (notice, { get }) => {
    const record = notice.about && (await get(collection, notice.about.id));
    return record && done(record, notice);
  };

/** Kinds that wait for something that the books then show. The others are told, and there is nothing to do. */
const DONE: { readonly [K in NoticeKindName]?: Asks } = {
  shipment_coming: where("shipment", ({ state }) => state === "received"),
  sample_to_assay: where("sample", ({ reports }, { party }) =>
    Object.values(reports).some((report) => report?.laboratory === party),
  ),
  terms_proposed: where("agreement", ({ terms, versions }, { about }) => {
    const version = about?.version ?? 0;
    return versions > version || terms.some((one) => one.version === version && one.accepted !== undefined);
  }),
  lot_move_proposed: where("statement", ({ move }) => move === undefined),
  campaign_planned: where("campaign", ({ state }) => state !== "planned"),
  order_placed: where("order", ({ state }) => state !== "open"),
};

/** Whether what a notice waits for is done; undefined where nothing is to be done, or the books do not say. */
export async function isDone(notice: Notice, books: Pick<Books, "get">): Promise<boolean | undefined> {
  return Object.hasOwn(DONE, notice.kind) ? DONE[notice.kind as NoticeKindName]?.(notice, books) : undefined;
}
