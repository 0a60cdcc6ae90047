import { NativeSelect, TextInput } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { type FormEvent, type ReactNode, useEffect, useState } from "react";
import { send } from "../kit/client/client.ts";
import { Panel } from "../kit/show/page.tsx";
import { Answered, Empty, RefusedNote } from "../kit/show/states.tsx";
import { useWho } from "../kit/who.tsx";
import { type Arrived, makePasskey } from "./ceremony.ts";
import { byName } from "./local-name.ts";
import { NameFields } from "./name-fields.tsx";
import { PasskeyButton } from "./passkey-button.tsx";
import { PasswordSetup, type Setup } from "./password-setup.tsx";
import { RecoveryCodes } from "./recovery-codes.tsx";

type Linked =
  | { readonly first: false; readonly role: string; readonly party_name: string }
  | { readonly first: true; readonly parties: readonly { readonly party: string; readonly name: string }[] };

const linkHere = () => location.hash.slice(1);

/** A link that was told is opened: who it is for says their name and makes a way in. */
export function JoinPage() {
  const [link] = useState(linkHere);
  const to = link === "" ? undefined : byName(location);
  useEffect(() => {
    document.title = "Join · Didym";
    // By its name this machine can make passkeys; by its address it cannot.
    if (to !== undefined) location.replace(to);
  }, [to]);
  const asked = useQuery({
    queryKey: ["auth/join", link],
    queryFn: () => send<Linked>("auth/join", { body: { link } }),
    ...{ enabled: link !== "" && to === undefined, retry: false, staleTime: Number.POSITIVE_INFINITY },
  });
  return (
    <main className="sheet">
      <header className="sheet-head">
        <div>
          <h1>Join Didym</h1>
          <p className="dim">{asked.data ? invitedAs(asked.data) : "A link is for one person, once."}</p>
        </div>
      </header>
      {link === "" ? (
        <Empty>This page is opened by a link that your administrator makes for you, whole.</Empty>
      ) : (
        <Answered asked={asked}>{(linked) => <Join link={link} linked={linked} />}</Answered>
      )}
    </main>
  );
}

const invitedAs = (linked: Linked) =>
  linked.first
    ? "Nobody can sign in here yet. You become the first administrator, who invites the others."
    : `You are invited as ${linked.role} of ${linked.party_name}.`;

function Join({ link, linked }: { link: string; linked: Linked }) {
  const { setActor } = useWho();
  const [who, setWho] = useState({ name: "", mail: "" });
  const [first, setFirst] = useState<FirstParty>({ party: "", name: "", kind: "recycler" });
  const [codes, setCodes] = useState<readonly string[]>();
  const inside = () => location.assign("/");
  const arriving = (more: object) => ({
    ...{ link, name: who.name, ...more },
    ...(who.mail === "" ? {} : { mail: who.mail }),
    ...(linked.first ? { first: asFirst(first) } : {}),
  });
  const arrived = ({ role, party, recovery_codes }: Arrived) => {
    setActor(`${role}@${party}`);
    if (recovery_codes) setCodes(recovery_codes);
    else inside();
  };
  if (codes)
    return (
      <Panel title="Recovery codes">
        <RecoveryCodes codes={codes} kept={inside} />
      </Panel>
    );
  return (
    <Panel title="Who you are">
      <MakeWayIn link={link} name={who.name} arriving={arriving} arrived={arrived}>
        <NameFields of={who} change={setWho} />
        {linked.first ? <FirstPartyFields parties={linked.parties} of={first} change={setFirst} /> : null}
      </MakeWayIn>
    </Panel>
  );
}

/** Below the fields of who one is: one press for a passkey, or a password and its code. */
function MakeWayIn(props: {
  link: string;
  name: string;
  arriving: (more: object) => object;
  arrived: (who: Arrived) => void;
  children: ReactNode;
}) {
  const { link, name, arriving, arrived, children } = props;
  const [byPassword, setByPassword] = useState(false);
  const passkey = useMutation({
    mutationFn: async () =>
      arrived(
        await makePasskey<Arrived>("auth/join/passkey", {
          asked: { link, name },
          sent: (response) => arriving({ response }),
        }),
      ),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!byPassword) passkey.mutate();
  };
  return (
    <div className="narrow">
      <form className="stack" onSubmit={submit}>
        {children}
        <RefusedNote error={passkey.error} />
        {byPassword ? null : (
          <div className="acts">
            <PasskeyButton says="Make a passkey" pending={passkey.isPending} />
          </div>
        )}
      </form>
      {byPassword ? (
        <PasswordSetup
          begin={(login) => send<Setup>("auth/join/password/begin", { body: { link, login } })}
          finish={async (made) =>
            arrived(await send<Arrived>("auth/join/password", { body: arriving(made) }))
          }
        />
      ) : null}
      <div className="acts other-ways">
        <button type="button" className="plain" onClick={() => setByPassword(!byPassword)}>
          {byPassword ? "Make a passkey instead" : "Use a password and a code instead"}
        </button>
      </div>
    </div>
  );
}

const KINDS = ["recycler", "refiner", "laboratory", "carrier", "buyer", "customer", "auditor"] as const;

interface FirstParty {
  /** On the books; none where it is registered now. */
  readonly party: string;
  readonly name: string;
  readonly kind: (typeof KINDS)[number];
}

/** Ids are made from names: letters, digits and dashes. */
const idFrom = (name: string) =>
  name
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 64);

const asFirst = ({ party, name, kind }: FirstParty) =>
  party === "" ? { party: idFrom(name), name, kind } : { party };

function FirstPartyFields(props: {
  parties: readonly { readonly party: string; readonly name: string }[];
  of: FirstParty;
  change: (to: FirstParty) => void;
}) {
  const { parties, of, change } = props;
  return (
    <>
      {parties.length > 0 ? (
        <NativeSelect
          label="Your firm"
          value={of.party}
          onChange={(event) => change({ ...of, party: event.currentTarget.value })}
          data={[
            { value: "", label: "one that is not on the books yet" },
            ...parties.map(({ party, name }) => ({ value: party, label: name })),
          ]}
        />
      ) : null}
      {of.party === "" ? (
        <>
          <TextInput
            label="Name of your firm"
            autoComplete="organization"
            required
            withAsterisk={false}
            value={of.name}
            onChange={(event) => change({ ...of, name: event.currentTarget.value })}
          />
          <NativeSelect
            label="What it is"
            value={of.kind}
            onChange={(event) =>
              change({ ...of, kind: KINDS.find((kind) => kind === event.currentTarget.value) ?? of.kind })
            }
            data={[...KINDS]}
          />
        </>
      ) : null}
    </>
  );
}
