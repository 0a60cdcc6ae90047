import { Button, PasswordInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { act } from "../kit/client/client.ts";
import type { Item } from "../kit/client/contract.ts";
import { useAsk } from "../kit/client/hooks.ts";
import { Go } from "../kit/show/go.tsx";
import { Facts, Panel } from "../kit/show/page.tsx";
import { Answered, Empty, RefusedNote } from "../kit/show/states.tsx";
import { Table } from "../kit/show/table.tsx";

type Directory = Item<"trust/directories">;

/** A firm's own directory, as its administrator names it. */
export function DirectoryPanel({ party }: { party: string }) {
  const asked = useAsk("trust/directories", { party });
  const name = (says: string) => (
    <Go to="/do/trust/name-directory" search={{ party, from: "/people" }}>
      {says}
    </Go>
  );
  return (
    <Panel
      title="Your firm's directory"
      says="Who signs in by it acts in the role that it gives, and is out within five minutes of leaving it."
    >
      <Answered asked={asked}>
        {({ items }) => {
          const directory = items.find(({ ended_at }) => ended_at === undefined);
          return directory ? (
            <>
              <Named of={directory} />
              <Secret of={directory} />
              <div className="acts other-ways">
                {name("Name it anew")}
                <Forget party={party} />
              </div>
            </>
          ) : (
            <>
              <Empty>Nobody signs in by a directory of your firm.</Empty>
              <div className="acts">{name("Name your directory")}</div>
            </>
          );
        }}
      </Answered>
    </Panel>
  );
}

const Named = ({ of }: { of: Directory }) => (
  <>
    <Facts
      of={[
        ["Issuer", of.issuer],
        ["Client", of.client_id],
        ["Sends people back to", <span key="to" className="mono">{`${location.origin}${of.callback}`}</span>],
      ]}
    />
    <Table
      caption="roles"
      rows={of.roles}
      keyOf={({ value }) => value}
      columns={[
        { head: `Has in ${of.claim}`, cell: ({ value }) => value },
        { head: "Role", cell: ({ role }) => role, kind: "keep" },
      ]}
    />
  </>
);

function Secret({ of: { party, secret_given } }: { of: Directory }) {
  const [secret, setSecret] = useState("");
  const client = useQueryClient();
  const keeping = useMutation({
    mutationFn: () => act("trust/keep-directory-secret", { body: { party, client_secret: secret } }),
    onSuccess: () => {
      setSecret("");
      return client.invalidateQueries();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    keeping.mutate();
  };
  return (
    <form className="stack narrow other-ways" onSubmit={submit}>
      <PasswordInput
        label="Client secret"
        description={
          secret_given
            ? "One is kept. Another takes its place; none is ever shown again."
            : "Nobody can sign in by it until it is given. It is kept sealed, and never shown again."
        }
        autoComplete="off"
        value={secret}
        onChange={(event) => setSecret(event.currentTarget.value)}
      />
      <RefusedNote error={keeping.error} />
      <div className="acts">
        <Button type="submit" variant="default" disabled={secret === ""} loading={keeping.isPending}>
          Keep the secret
        </Button>
      </div>
    </form>
  );
}

function Forget({ party }: { party: string }) {
  const [asks, ask] = useState(false);
  const client = useQueryClient();
  const forgetting = useMutation({
    mutationFn: () => act("trust/forget-directory", { body: { party } }),
    onSuccess: () => client.invalidateQueries(),
  });
  return (
    <>
      <button type="button" className="plain" onClick={() => (asks ? forgetting.mutate() : ask(true))}>
        {asks ? "Forget it, and sign everyone of it out" : "Forget it"}
      </button>
      <RefusedNote error={forgetting.error} />
    </>
  );
}
