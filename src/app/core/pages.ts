import { type Done, done } from "../../quantity/index.ts";
import type { LedgerStore, Listed, ListQuery, Page } from "./ports.ts";
import type { Collection, Records } from "./records.ts";

/** Every record of a collection, page by page. For totals; lists shown to people stay paged. */
export async function everyRecord<K extends Collection>(
  store: Pick<LedgerStore, "list">,
  collection: K,
  filter: Pick<ListQuery<K>, "where" | "flag"> = {},
): Promise<Records[K][]> {
  const all: Records[K][] = [];
  let after: string | undefined;
  do {
    const page: Page<Listed<Records[K]>> = await store.list({
      collection,
      limit: 500,
      ...filter,
      ...(after === undefined ? {} : { after }),
    });
    for (const { record } of page.items) all.push(record);
    after = page.next;
  } while (after !== undefined);
  return all;
}

/** One page of a collection as queries answer it; filters left undefined are left out. */
export async function pageOf<K extends Collection>(
  ports: { readonly store: Pick<LedgerStore, "list"> },
  collection: K,
  given: {
    readonly after?: string | undefined;
    readonly limit: number;
    readonly filter?: { readonly [F in keyof NonNullable<ListQuery<K>["where"]>]: string | undefined };
  },
): Promise<Done<{ readonly items: readonly Records[K][]; readonly next?: string }>> {
  const { after, limit, filter = {} } = given;
  const where = Object.fromEntries(
    Object.entries(filter).filter(([, text]) => text !== undefined),
  ) as NonNullable<ListQuery<K>["where"]>;
  const page = await ports.store.list({
    collection,
    limit,
    where,
    ...(after === undefined ? {} : { after }),
  });
  return done({ items: page.items.map((i) => i.record), ...(page.next ? { next: page.next } : {}) });
}
