import type { LedgerStore, QueryPorts } from "../../src/app/core/ports.ts";

/** What a query reads, its reader may see: books that nobody looked through are given to none. */
export const unseen = (whole: LedgerStore, ports: Omit<QueryPorts, "store">): QueryPorts => ({
  ...ports,
  store: whole, // must not compile: TS2741
});
