import { useAsk } from "../kit/client/hooks.ts";
import { words } from "../kit/show/figure-text.ts";

export interface EntryKinds {
  readonly titleOf: (kind: string) => string;
  /** For a filter: "any", then each kind in its words. */
  readonly options: readonly { readonly value: string; readonly label: string }[];
}

/** What the books call their entries; with `corrects`, only those that take back or replace what an earlier one said. */
export function useEntryKinds(wanted: { readonly corrects?: true } = {}): EntryKinds {
  const all = useAsk("ledger/entry-kinds").data?.items ?? [];
  const offered = all.filter(({ corrects }) => corrects || !wanted.corrects);
  return {
    titleOf: (kind) => all.find((known) => known.kind === kind)?.title ?? words(kind),
    options: [
      { value: "", label: "any" },
      ...offered.map(({ kind, title }) => ({ value: kind, label: title })),
    ],
  };
}
