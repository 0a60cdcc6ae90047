import {
  type AgreementRecord,
  type AgreementVersion,
  openProposals,
  otherParty,
} from "../../settle/index.ts";
import { dateText } from "../kit/show/figure-text.ts";
import { Go } from "../kit/show/go.tsx";
import { Party } from "../kit/show/named.tsx";
import { OnlyWhoMay } from "../kit/show/only-who-may.tsx";
import { Panel } from "../kit/show/page.tsx";
import { Prose } from "./prose.tsx";

/** Terms that one party wants: who does, whose word they wait for, and what they would change. */
export function Proposals({ of }: { of: AgreementRecord }) {
  return openProposals(of).map((version) => <Proposal key={version.version} of={of} version={version} />);
}

function Proposal({ of, version }: { of: AgreementRecord; version: AgreementVersion }) {
  const { id, title } = version.agreement;
  const by = version.proposed?.by.party ?? "";
  const waits = otherParty(version.agreement, by) ?? "";
  const first = of.state === "proposed";
  const changed = first ? version.prose : version.prose.filter((sentence) => !of.prose.includes(sentence));
  return (
    <Panel title={`Proposed: version ${version.version} of ${title} (${id})`}>
      <p className="note warn">
        <Party id={by} /> proposed it on {dateText(version.proposed?.at ?? "")}. It is not in force until{" "}
        <Party id={waits} /> accepts it.
        {version.why === undefined ? null : ` Why: ${version.why}.`}
      </p>
      {first ? null : <p className="dim small">What would read otherwise than the terms in force:</p>}
      {changed.length > 0 ? <Prose of={changed} /> : <p>No sentence changes.</p>}
      <OnlyWhoMay command="settle/accept" says="Accepting it">
        <p className="no-print">
          <Go
            to="/do/settle/accept"
            search={{ agreement: id, version: String(version.version), from: "/settle" }}
          >
            Accept version {String(version.version)}
          </Go>
        </p>
      </OnlyWhoMay>
    </Panel>
  );
}
