import type { CompartmentRead, ReadsKept } from "../../app/core/reads-kept.ts";

/** Reads of compartments in a process's memory; counts are kept nowhere. */
export function memoryReads(): ReadsKept & { readonly rows: readonly CompartmentRead[] } {
  const rows: CompartmentRead[] = [];
  return {
    rows,
    counts: async () => ({ items: [] }),
    async noteCompartments(read) {
      rows.push(read);
    },
    async ofCompartments({ compartments: shown, limit, since = "", party, after = "0" }) {
      const found = rows.flatMap((row, i) => {
        const compartments = row.compartments.filter((one) => shown.includes(one));
        const isAsked = i >= Number(after) && row.at >= since && (party === undefined || row.party === party);
        return compartments.length > 0 && isAsked ? [{ nth: i + 1, row: { ...row, compartments } }] : [];
      });
      const last = found.length > limit ? found[limit - 1] : undefined;
      return {
        items: found.slice(0, limit).map(({ row }) => row),
        ...(last ? { next: String(last.nth) } : {}),
      };
    },
  };
}
