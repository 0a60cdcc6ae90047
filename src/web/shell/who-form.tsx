import { Button, NativeSelect } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useAsk } from "../kit/client/hooks.ts";
import { Go } from "../kit/show/go.tsx";
import { RefusedNote } from "../kit/show/states.tsx";
import { useParties, useWho } from "../kit/who.tsx";
import { useMe } from "./me.ts";
import { SamplePeople } from "./sample-people.tsx";

/** Whose figures are shown, and who acts: signed in, or stated, which nothing proves. */
export function WhoForm() {
  const { view, setView } = useWho();
  const named = useNamedParties();
  const { me, samplePeople, become, leave } = useMe();
  const nameOf = (party: string) => named.find(({ value }) => value === party)?.label ?? party;
  return (
    <div style={{ display: "grid", gap: "0.5rem" }}>
      {me?.kind === "customer" ? null : (
        <NativeSelect
          label="Figures of"
          value={view ?? ""}
          onChange={(e) => setView(e.currentTarget.value || undefined)}
          data={[{ value: "", label: "the whole programme" }, ...named]}
        />
      )}
      {samplePeople.length > 0 ? (
        <SamplePeople people={samplePeople} now={me?.person} nameOf={nameOf} become={become} />
      ) : null}
      {me ? (
        <SignedIn
          role={me.role}
          party={nameOf(me.party)}
          leave={leave}
          account={me.token === undefined && !samplePeople.some(({ person }) => person === me.person)}
        />
      ) : (
        <Stated named={named} />
      )}
    </div>
  );
}

interface NamedParty {
  readonly value: string;
  readonly label: string;
}

const useNamedParties = (): readonly NamedParty[] =>
  (useParties().data ?? []).map((p) => ({ value: p.id, label: p.name }));

function SignedIn(props: { role: string; party: string; leave: () => Promise<void>; account: boolean }) {
  const { role, party, leave, account } = props;
  const leaving = useMutation({ mutationFn: leave });
  return (
    <div className="small">
      Signed in as <strong>{role}</strong> of {party}.{" "}
      <Button variant="subtle" size="compact-xs" loading={leaving.isPending} onClick={() => leaving.mutate()}>
        Sign out
      </Button>
      <div className="acts">
        {account ? <Go to="/me">Your account</Go> : null}
        <Go to="/people">People</Go>
      </div>
      <RefusedNote error={leaving.error} />
    </div>
  );
}

function Stated({ named }: { named: readonly NamedParty[] }) {
  const { actor, setActor } = useWho();
  const roles = useAsk("programme/roles").data?.items ?? [];
  const [role = "", party = ""] = actor?.split("@") ?? [];
  const state = (nextRole: string, nextParty: string) =>
    setActor(
      nextRole || nextParty
        ? `${nextRole || (roles[0]?.role ?? "operator")}@${nextParty || (named[0]?.value ?? "unstated")}`
        : undefined,
    );
  return (
    <>
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
        Stated, and unverified: nobody signed in. <Go to="/sign-in">Sign in</Go>
      </p>
    </>
  );
}
