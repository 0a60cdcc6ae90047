import { useAsk } from "../client/hooks.ts";

/** What people are called: told to those of their own party; others, and of who has none, see the id. */
export function usePersonName(): (id: string) => string {
  const names = useAsk("trust/names").data?.items;
  return (id) => names?.find(({ person }) => person === id)?.name ?? id;
}

export const PersonName = ({ id }: { id: string }) => <>{usePersonName()(id)}</>;
