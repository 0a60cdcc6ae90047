import type { LedgerStore } from "./ports.ts";

/** Every record of a collection, page by page. For totals; lists shown to people stay paged. */
export async function everyRecord(
  store: Pick<LedgerStore, "list">,
  collection: string,
  where: Readonly<Record<string, string>> = {},
): Promise<object[]> {
  const all: object[] = [];
  let after: string | undefined;
  do {
    const page = await store.list({
      collection,
      limit: 500,
      where,
      ...(after === undefined ? {} : { after }),
    });
    for (const { record } of page.items) all.push(record);
    after = page.next;
  } while (after !== undefined);
  return all;
}
