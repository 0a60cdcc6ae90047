import { NativeSelect } from "@mantine/core";
import { useAsk } from "../kit/client/hooks.ts";
import { useParties, useWho } from "../kit/who.tsx";

/** Who acts and whose figures are shown. The actor is what is stated; nothing proves it until there is sign-in. */
export function WhoForm() {
  const { actor, setActor, view, setView } = useWho();
  const parties = useParties().data ?? [];
  const roles = useAsk("programme/roles").data?.items ?? [];
  const [role = "", party = ""] = actor?.split("@") ?? [];
  const state = (nextRole: string, nextParty: string) =>
    setActor(
      nextRole || nextParty
        ? `${nextRole || (roles[0]?.role ?? "operator")}@${nextParty || (parties[0]?.id ?? "unstated")}`
        : undefined,
    );
  const named = parties.map((p) => ({ value: p.id, label: p.name }));
  return (
    <div style={{ display: "grid", gap: "0.5rem" }}>
      <NativeSelect
        label="Figures of"
        value={view ?? ""}
        onChange={(e) => setView(e.currentTarget.value || undefined)}
        data={[{ value: "", label: "the whole programme" }, ...named]}
      />
      <NativeSelect
        label="Acting as"
        value={role}
        onChange={(e) => state(e.currentTarget.value, party)}
        data={[{ value: "", label: "not stated" }, ...roles.map((r) => r.role)]}
      />
      <NativeSelect
        label="of"
        value={party}
        onChange={(e) => state(role, e.currentTarget.value)}
        data={[{ value: "", label: "not stated" }, ...named]}
      />
      <p className="dim small" style={{ margin: 0 }}>
        Unverified: there is no sign-in yet.
      </p>
    </div>
  );
}
