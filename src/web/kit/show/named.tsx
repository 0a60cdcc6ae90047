import { useParties, useSites } from "../who.tsx";

/** What people call a site or a party; until the names are there, and where none is registered, its identifier. */
export interface Names {
  readonly site: (id: string) => string;
  readonly party: (id: string) => string;
}

export function useNames(): Names {
  const sites = useSites().data;
  const parties = useParties().data;
  return {
    site: (id) => sites?.find((s) => s.id === id)?.name ?? id,
    party: (id) => parties?.find((p) => p.id === id)?.name ?? id,
  };
}

export const Site = ({ id }: { id: string }) => <>{useNames().site(id)}</>;
export const Party = ({ id }: { id: string }) => <>{useNames().party(id)}</>;
