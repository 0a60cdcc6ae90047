import { done, type Result } from "../../quantity/index.ts";
import type { LedgerStore, ListQuery } from "./ports.ts";

/** Every record of a collection, page by page. For totals; lists shown to people stay paged. */
export async function everyRecord(
  store: Pick<LedgerStore, "list">,
  collection: string,
  where: Readonly<Record<string, string>> = {},
  flag?: ListQuery["flag"],
): Promise<object[]> {
  const all: object[] = [];
  let after: string | undefined;
  do {
    const page = await store.list({
      collection,
      limit: 500,
      where,
      ...(flag ? { flag } : {}),
      ...(after === undefined ? {} : { after }),
    });
    for (const { record } of page.items) all.push(record);
    after = page.next;
  } while (after !== undefined);
  return all;
}

/** One page of a collection as queries answer it; filters left undefined are left out. */
export async function pageOf(
  ports: { readonly store: Pick<LedgerStore, "list"> },
  collection: string,
  given: {
    readonly after?: string | undefined;
    readonly limit: number;
    readonly filter?: Readonly<Record<string, string | undefined>>;
  },
): Promise<Result<{ items: object[]; next?: string }>> {
  const { after, limit, filter = {} } = given;
  const where = Object.fromEntries(
    Object.entries(filter).filter((e): e is [string, string] => e[1] !== undefined),
  );
  const page = await ports.store.list({
    collection,
    limit,
    where,
    ...(after === undefined ? {} : { after }),
  });
  return done({ items: page.items.map((i) => i.record), ...(page.next ? { next: page.next } : {}) });
}
