import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { get, Refused, send } from "../kit/client/client.ts";
import { Party } from "../kit/show/named.tsx";
import { Page, Panel } from "../kit/show/page.tsx";
import { Answered, Empty, RefusedNote } from "../kit/show/states.tsx";
import { Table } from "../kit/show/table.tsx";
import { makePasskey } from "./ceremony.ts";
import { dayOf } from "./day-text.ts";
import { NameFields } from "./name-fields.tsx";
import { ForWhoSignedIn } from "./not-signed-in.tsx";
import { PasskeyButton } from "./passkey-button.tsx";
import { PasswordSetup, type Setup } from "./password-setup.tsx";
import { RecoveryCodes } from "./recovery-codes.tsx";
import { SessionList } from "./session-list.tsx";

interface Account {
  readonly name: string | null;
  readonly mail: string | null;
  readonly party: string;
  readonly by_directory: boolean;
  readonly role: string;
  readonly passkeys: readonly {
    readonly passkey: string;
    readonly device: string;
    readonly made_under: string;
    readonly made_at: string;
    readonly used_at: string | null;
  }[];
  readonly password: {
    readonly login: string;
    readonly made_at: string;
    readonly recovery_codes_left: number;
  } | null;
}

const KEY = ["auth/account"];
const change = <T,>(path: string, body: object = {}) => send<T>(`auth/account/${path}`, { body });

/** A change of the account; what it shows is asked for again. */
function useChange<I, T>(make: (input: I) => Promise<T>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: make,
    onSuccess: () => client.invalidateQueries({ queryKey: KEY }),
  });
}

/** One's own ways in, and where one is signed in. */
export const AccountPage = () => (
  <ForWhoSignedIn title="Your account" says="Your ways in, and where you are signed in.">
    {() => <OwnAccount />}
  </ForWhoSignedIn>
);

function OwnAccount() {
  const asked = useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => get<Account>("auth/account", {}, signal),
  });
  const of = asked.data;
  if (isSample(asked.error)) return <SampleAccount />;
  return (
    <Page
      title="Your account"
      says={
        of ? (
          <>
            You act as {of.role} of <Party id={of.party} />. Only you see this page.
          </>
        ) : (
          "Only you see this page."
        )
      }
    >
      <Answered asked={asked}>
        {(account) => (
          <>
            {account.by_directory ? (
              <OfDirectory />
            ) : (
              <>
                <Passkeys of={account.passkeys} />
                <PasswordPanel of={account.password} />
              </>
            )}
            <SessionList />
            {account.by_directory ? null : <Profile name={account.name ?? ""} mail={account.mail ?? ""} />}
          </>
        )}
      </Answered>
    </Page>
  );
}

const isSample = (error: unknown): boolean =>
  error instanceof Refused && error.problem.code === "person_sample";

const SampleAccount = () => (
  <Page title="Your account" says="Your ways in, and where you are signed in.">
    <Panel title="One of the sample people">
      <Empty>You came in by a press on their door, and they have no passkey and no password to keep.</Empty>
    </Panel>
  </Page>
);

const OfDirectory = () => (
  <Panel title="Your firm's directory">
    <Empty>
      You sign in by it, in the role that it gives, and by nothing else. What it calls you is your name here.
    </Empty>
  </Panel>
);

function Passkeys({ of }: { of: Account["passkeys"] }) {
  const adding = useChange(() => makePasskey("auth/account/passkey", { asked: {}, sent: (made) => made }));
  const ending = useChange((passkey: string) => change("passkey/end", { passkey }));
  return (
    <Panel
      title={`Passkeys (${of.length})`}
      says="One on each device you use; two mean that a lost one locks nobody out."
    >
      {of.length > 0 ? (
        <Table
          caption="passkeys"
          rows={of}
          keyOf={({ passkey }) => passkey}
          columns={[
            { head: "Made on", cell: ({ device }) => device },
            { head: "For", cell: ({ made_under }) => made_under },
            { head: "Since", cell: ({ made_at }) => dayOf(made_at), kind: "keep" },
            { head: "Last used", cell: ({ used_at }) => (used_at ? dayOf(used_at) : "never"), kind: "keep" },
            {
              head: "Acts",
              cell: ({ passkey, device }) => (
                <button
                  type="button"
                  className="plain"
                  aria-label={`Take the passkey of ${device} away`}
                  onClick={() => ending.mutate(passkey)}
                >
                  Take away
                </button>
              ),
            },
          ]}
        />
      ) : null}
      <RefusedNote error={adding.error ?? ending.error} />
      <div className="acts">
        <PasskeyButton
          says="Add a passkey"
          pending={adding.isPending}
          press={() => adding.mutate(undefined)}
        />
      </div>
    </Panel>
  );
}

function PasswordPanel({ of }: { of: Account["password"] }) {
  const [making, setMaking] = useState(false);
  const [codes, setCodes] = useState<readonly string[]>();
  const told = ({ recovery_codes }: { recovery_codes: readonly string[] }) => {
    setMaking(false);
    setCodes(recovery_codes);
  };
  const anew = useChange(async () => told(await change("recovery-codes")));
  const ending = useChange(() => change("password/end"));
  const setting = useChange(async (made: object) => told(await change("password", made)));
  if (codes)
    return (
      <Panel title="Recovery codes">
        <RecoveryCodes codes={codes} kept={() => setCodes(undefined)} />
      </Panel>
    );
  return (
    <Panel
      title="Password and code"
      says={
        of
          ? `You sign in as ${of.login} since ${dayOf(of.made_at)}; ${of.recovery_codes_left} recovery codes are left.`
          : "For a device that keeps no passkey. You have none."
      }
    >
      {making ? (
        <div className="narrow">
          <PasswordSetup
            begin={(login) => change<Setup>("password/begin", { login })}
            finish={async (made) => void (await setting.mutateAsync(made))}
          />
        </div>
      ) : null}
      <RefusedNote error={anew.error ?? ending.error} />
      <div className="acts">
        <button type="button" className="plain" onClick={() => setMaking(!making)}>
          {making ? "Leave it" : of ? "Make another" : "Make a password"}
        </button>
        {of && !making ? (
          <>
            <button type="button" className="plain" onClick={() => anew.mutate(undefined)}>
              New recovery codes
            </button>
            <button type="button" className="plain" onClick={() => ending.mutate(undefined)}>
              Take the password away
            </button>
          </>
        ) : null}
      </div>
    </Panel>
  );
}

function Profile(given: { name: string; mail: string }) {
  const [typed, setTyped] = useState(given);
  const keeping = useChange(() =>
    change("profile", { name: typed.name, ...(typed.mail === "" ? {} : { mail: typed.mail }) }),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    keeping.mutate(undefined);
  };
  return (
    <Panel
      title="Name and mail"
      says="They stand beside the books: entries know you by an id, and stay when these go."
    >
      <form className="stack narrow" onSubmit={submit}>
        <NameFields of={typed} change={setTyped} />
        <RefusedNote error={keeping.error} />
        <div className="acts">
          <Button type="submit" variant="default" loading={keeping.isPending}>
            Keep
          </Button>
        </div>
      </form>
    </Panel>
  );
}
