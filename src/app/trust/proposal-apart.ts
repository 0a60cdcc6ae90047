import { done, type Refusal, type Refused, refuse } from "../../quantity/index.ts";
import type { Approval } from "../../trust/index.ts";
import type { LedgerStore, StoredDocument } from "../core/ports.ts";
import { particularsDocument, type Withheld, withParticulars } from "../intake/particulars.ts";

/** What of a proposal stands apart from its entry. */
type Apart = Pick<Approval, "input" | "why">;

/** A proposal as its entry says it. */
export interface Stated extends Apart {
  readonly consignment?: string;
  readonly particulars?: string;
}

/** A proposal of what keeps particulars apart, which `consignment` says: its entry names a document (intake N61). */
export function statedApart(
  consignment: string | undefined,
  { input, why }: Apart,
  ids: { nonce(): string },
): { readonly stated: Stated; readonly documents: readonly StoredDocument[] } {
  const apart = { input, ...(why === undefined ? {} : { why }) };
  if (consignment === undefined) return { stated: apart, documents: [] };
  const document = particularsDocument(consignment, [apart], ids);
  return {
    stated: { input: { consignment }, consignment, particulars: document.digest },
    documents: [document],
  };
}

/** What was proposed, from its document where it stands in one; that may be erased. */
export async function wholeInput(
  store: Pick<LedgerStore, "document">,
  { input, particulars }: { readonly input: unknown; readonly particulars?: string },
): Promise<{ readonly ok: true; readonly value: unknown } | Refused<Refusal<"particulars_gone">>> {
  if (particulars === undefined) return done(input);
  const [read] = await withParticulars(store, [{ particulars: { document: particulars, item: 0 } }]);
  const found = read as Partial<Apart> | undefined;
  if (found?.input) return done(found.input);
  return refuse("particulars_gone", "approval", "what was proposed is erased: propose it anew");
}

/** Proposals as who may read them reads them. */
export async function joined(
  store: Parameters<typeof withParticulars>[0],
  approval: Approval,
): Promise<Approval & { readonly withheld?: Withheld }> {
  const { particulars: document } = approval;
  if (document === undefined) return approval;
  const [read] = await withParticulars(store, [{ particulars: { document, item: 0 } }]);
  return { ...approval, ...(read as Partial<Apart> & { readonly withheld?: Withheld }) };
}
