import { Button, NativeSelect } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { act } from "../kit/client/client.ts";
import { useAsk, useAskAll } from "../kit/client/hooks.ts";
import { Go } from "../kit/show/go.tsx";
import { Party } from "../kit/show/named.tsx";
import { Page, Panel, Tag } from "../kit/show/page.tsx";
import { PersonName, usePersonName } from "../kit/show/person.tsx";
import { Answered, RefusedNote } from "../kit/show/states.tsx";
import { Table } from "../kit/show/table.tsx";
import { useMay } from "../kit/signed-in.ts";
import { AccessPanels } from "./access-panels.tsx";
import { DirectoryPanel } from "./directory-panel.tsx";
import { ForWhoSignedIn } from "./not-signed-in.tsx";
import { RetentionPanel } from "./retention-panel.tsx";
import { SessionList } from "./session-list.tsx";

/** Who acts for one's own party, and the links by which they come in. */
export const PeoplePage = () => (
  <ForWhoSignedIn title="People" says="Who acts for your party, and the links by which they come in.">
    {({ party, person, role }) => <PeopleOf party={party} me={person} invites={role === "administrator"} />}
  </ForWhoSignedIn>
);

function PeopleOf({ party, me, invites }: { party: string; me: string | undefined; invites: boolean }) {
  const asked = useAskAll("trust/people", { party });
  const count = asked.data?.length;
  const [role, setRole] = useState("");
  const inviting = useInvite();
  const may = useMay();
  return (
    <Page
      title="People"
      says={
        <>
          Who acts for <Party id={party} />, and in which role.
        </>
      }
    >
      {invites ? (
        <Panel
          title="Invite somebody"
          says="The link lets one person in, once, within seven days. Send it so that nobody else reads it."
        >
          <div className="filters">
            <RoleChoice role={role} change={setRole} />
            <Button
              disabled={role === ""}
              loading={inviting.isPending}
              onClick={() => inviting.mutate({ party, role })}
            >
              Make the link
            </Button>
          </div>
          {inviting.data ? <TheLink of={inviting.data} /> : null}
          <RefusedNote error={inviting.error} />
        </Panel>
      ) : null}
      <Panel title={count === undefined ? "People" : `People (${count})`}>
        <Answered asked={asked}>
          {(people) => (
            <Table
              caption="people"
              rows={people}
              keyOf={({ id }) => id}
              columns={[
                { head: "Who", cell: ({ id }) => <PersonName id={id} /> },
                { head: "Role", cell: (one) => one.role, kind: "keep" },
                { head: "State", cell: (one) => <State of={one} /> },
                {
                  head: "Acts",
                  cell: (one) =>
                    invites && one.ended_at === undefined && !one.sample && one.id !== me ? (
                      <PersonActs id={one.id} recover={() => inviting.mutate({ person: one.id })} />
                    ) : null,
                },
              ]}
            />
          )}
        </Answered>
      </Panel>
      {invites ? <AccessPanels party={party} /> : null}
      {may("trust/retain") ? <RetentionPanel party={party} /> : null}
      {invites ? <DirectoryPanel party={party} /> : null}
      {invites ? <SessionList /> : null}
    </Page>
  );
}

function useInvite() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { person?: string; party?: string; role?: string }) => act("trust/invite", { body }),
    onSuccess: () => client.invalidateQueries(),
  });
}

function RoleChoice({ role, change }: { role: string; change: (role: string) => void }) {
  const roles = useAsk("programme/roles").data?.items ?? [];
  return (
    <NativeSelect
      label="As"
      value={role}
      onChange={(event) => change(event.currentTarget.value)}
      data={[{ value: "", label: "choose a role" }, ...roles.map((one) => one.role)]}
    />
  );
}

function TheLink({ of }: { of: { readonly link: string; readonly role: string; readonly person: string } }) {
  const [copied, setCopied] = useState(false);
  const link = `${location.origin}${of.link}`;
  return (
    <div className="note good" role="status">
      <strong>
        A link for one {of.role}, <PersonName id={of.person} />
      </strong>
      <p className="mono" data-testid="link">
        {link}
      </p>
      <div className="acts">
        <button
          type="button"
          className="plain"
          onClick={() => void navigator.clipboard?.writeText(link).then(() => setCopied(true))}
        >
          {copied ? "Copied" : "Copy"}
        </button>
        <span className="small">It is told once.</span>
      </div>
    </div>
  );
}

interface Shown {
  readonly id: string;
  readonly sample: boolean;
  readonly ended_at?: string;
  readonly erased_at?: string;
}

/** Who came by a link has said their name; who did not come yet has none. */
function State({ of }: { of: Shown }) {
  const called = usePersonName()(of.id);
  if (of.erased_at) return <Tag>erased</Tag>;
  if (of.ended_at) return <Tag>left</Tag>;
  if (of.sample) return <Tag mood="warn">sample</Tag>;
  return <>{called === of.id ? "invited" : "here"}</>;
}

function PersonActs({ id, recover }: { id: string; recover: () => void }) {
  const [asks, ask] = useState(false);
  const client = useQueryClient();
  const erasing = useMutation({
    mutationFn: () => act("trust/erase-person", { body: { person: id } }),
    onSuccess: () => client.invalidateQueries(),
  });
  return (
    <div className="acts">
      <button type="button" className="plain" aria-label={`New way in for ${id}`} onClick={recover}>
        New way in
      </button>
      <Go to="/do/trust/end-person" search={{ person: id, from: "/people" }}>
        Left
      </Go>
      <button
        type="button"
        className="plain"
        aria-label={asks ? `Erase ${id} for good` : `Erase ${id}`}
        onClick={() => (asks ? erasing.mutate() : ask(true))}
      >
        {asks ? "Erase name, mail and ways in for good" : "Erase"}
      </button>
      <RefusedNote error={erasing.error} />
    </div>
  );
}
