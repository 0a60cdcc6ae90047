import { Acts } from "../act/do.tsx";
import type { Answer } from "../kit/client/contract.ts";
import { useAskPages } from "../kit/client/hooks.ts";
import { Actor } from "../kit/show/actor.tsx";
import { sentence, timeText } from "../kit/show/figure-text.ts";
import { Go } from "../kit/show/go.tsx";
import { Page, Panel, Tag } from "../kit/show/page.tsx";
import { usePersonName } from "../kit/show/person.tsx";
import { PagedTable } from "../kit/show/table.tsx";
import { Incidents } from "./incidents.tsx";

type Approval = Answer<"trust/approvals">["items"][number];

/** What takes two people: what waits for a second one, and what came of the rest. */
export function Approvals() {
  const waits = useAskPages("trust/approvals", { state: "waits", limit: 20 });
  const given = useAskPages("trust/approvals", { state: "given", limit: 10 });
  const declined = useAskPages("trust/approvals", { state: "declined", limit: 10 });
  return (
    <Page
      title="Waiting for a second person"
      says="What takes two is proposed by one and approved by another. Nothing of it happens before."
      actions={<Acts on="approvals" />}
    >
      <Panel title="Waiting">
        <PagedTable
          pages={waits}
          caption="what waits for a second person"
          keyOf={(one) => one.approval}
          empty="Nothing waits for a second person."
          columns={[
            { head: "What", cell: (one) => <What of={one} /> },
            { head: "Proposed by", cell: (one) => <Actor of={one.by} /> },
            { head: "Until", cell: (one) => timeText(one.until), kind: "keep" },
            { head: "You", cell: (one) => <YouMay of={one} /> },
          ]}
        />
      </Panel>
      <Panel title="Approved">
        <Decided pages={given} caption="what was approved" empty="Nothing was approved yet." />
      </Panel>
      <Panel title="Declined">
        <Decided pages={declined} caption="what was declined" empty="Nothing was declined." />
      </Panel>
      <Incidents />
    </Page>
  );
}

/** The command in words, with what it is given: each field by its name. */
function What({ of }: { of: Approval }) {
  const nameOf = usePersonName();
  const fields = Object.entries(of.input).map(
    ([name, value]) =>
      `${name.replaceAll("_", " ")} ${typeof value === "object" ? "…" : nameOf(String(value))}`,
  );
  return (
    <>
      {sentence(of.command.replace("/", ", ").replaceAll("-", " "))}
      <div className="small dim">{fields.join(" · ")}</div>
      {of.why ? <div className="small">{of.why}</div> : null}
    </>
  );
}

function YouMay({ of }: { of: Approval }) {
  const search = { approval: of.approval, from: "/approvals" };
  if (of.lapsed) return <Tag mood="mute">too late</Tag>;
  if (of.you_may === null) return <span className="dim">not yours to approve</span>;
  return (
    <nav className="acts" aria-label={`what can be done with ${of.approval}`}>
      {of.you_may === "approve" ? (
        <Go to="/do/trust/approve" search={search}>
          Approve
        </Go>
      ) : null}
      <Go to="/do/trust/decline" search={search}>
        {of.you_may === "approve" ? "Decline" : "Take it back"}
      </Go>
    </nav>
  );
}

const Decided = (props: {
  pages: ReturnType<typeof useAskPages<"trust/approvals">>;
  caption: string;
  empty: string;
}) => (
  <PagedTable
    {...props}
    keyOf={(one) => one.approval}
    columns={[
      { head: "What", cell: (one) => <What of={one} /> },
      { head: "Proposed by", cell: (one) => <Actor of={one.by} /> },
      { head: "Decided by", cell: (one) => (one.second ? <Actor of={one.second} /> : null) },
      { head: "Why", cell: (one) => one.declined_why ?? "" },
    ]}
  />
);
