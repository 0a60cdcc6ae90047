import { useNavigate, useSearch } from "@tanstack/react-router";

/** A filter kept in the address, so that a filtered list can be linked to and found again with the back button. */
export function useFilter(name: string): [string | undefined, (value: string | undefined) => void] {
  const search = useSearch({ strict: false }) as Record<string, unknown>;
  const navigate = useNavigate();
  const value = search[name] === undefined ? undefined : String(search[name]);
  return [
    value,
    (next) =>
      void navigate({
        to: ".",
        search: ((before: Record<string, unknown>) => ({ ...before, [name]: next || undefined })) as never,
        replace: true,
      }),
  ];
}
