import { NativeSelect } from "@mantine/core";
import type { AgreementRecord } from "../../settle/index.ts";
import { Acts } from "../act/do.tsx";
import { useAsk, useAskAll, useAskPages } from "../kit/client/hooks.ts";
import { dateText, exactText, words } from "../kit/show/figure-text.ts";
import { useFilter } from "../kit/show/filter.ts";
import { Oxide } from "../kit/show/formula.tsx";
import { Go, ToLot, ToStatement } from "../kit/show/go.tsx";
import { Page, Panel, Tag } from "../kit/show/page.tsx";
import { Answered, Empty } from "../kit/show/states.tsx";
import { PagedTable, Table } from "../kit/show/table.tsx";
import { useMay } from "../kit/signed-in.ts";
import { useWho } from "../kit/who.tsx";
import { Proposals } from "./proposals.tsx";
import { Prose } from "./prose.tsx";
import { Terms } from "./terms.tsx";
import { NotRestated } from "./unrestated.tsx";

/** Agreements in prose, statements by lot, and the metal account of each agreement. */
export function Settle() {
  const { view } = useWho();
  const asked = useAskAll("settle/agreements");
  return (
    <Page
      actions={<Acts on="settlement" />}
      title="Settlement"
      says="What was agreed, what each lot comes to, and the oxide still owed."
    >
      <Answered asked={asked}>
        {(all) => {
          const mine = all.filter((a) => !view || Object.values(a.agreement.parties).includes(view));
          return mine.length === 0 ? (
            <Panel title="Agreements">
              <Empty>No agreement is on the books{view ? ` for ${view}` : ""}.</Empty>
            </Panel>
          ) : (
            <Chosen agreements={mine} />
          );
        }}
      </Answered>
    </Page>
  );
}

function Chosen({ agreements }: { agreements: readonly AgreementRecord[] }) {
  const [asked, setAsked] = useFilter("agreement");
  const chosen = agreements.find((a) => a.agreement.id === asked) ?? (agreements[0] as AgreementRecord);
  const { id } = chosen.agreement;
  return (
    <>
      {agreements.length > 1 ? (
        <div className="filters">
          <NativeSelect
            label="Agreement"
            value={id}
            onChange={(e) => setAsked(e.currentTarget.value)}
            data={agreements.map((a) => ({ value: a.agreement.id, label: a.agreement.title }))}
          />
        </div>
      ) : null}
      <Proposals of={chosen} />
      <Account agreement={id} />
      <Statements agreement={id} />
      {chosen.state === "accepted" ? <InForce of={chosen} /> : null}
    </>
  );
}

/** The highest version that both accepted; lots received before keep the one that held then. */
function InForce({ of }: { of: AgreementRecord }) {
  const { id, title } = of.agreement;
  const may = useMay();
  const accepted = of.terms[of.version - 1]?.accepted;
  return (
    <Panel
      title={`${title} (${id})`}
      says={`Version ${of.version}, ${accepted ? `accepted on ${dateText(accepted.at)}` : "agreed before acceptance was kept"}: its clauses, and the terms they are made from. A settled lot keeps the version of its day of receipt.`}
    >
      <div className="beside">
        <Prose of={of.prose} />
        <Terms of={of.agreement} />
      </div>
      {may("settle/agree") ? (
        <p className="small no-print">
          <Go to="/do/settle/agree" search={{ like: id, from: "/settle" }}>
            Propose a new version
          </Go>
        </p>
      ) : null}
    </Panel>
  );
}

function Account({ agreement }: { agreement: string }) {
  const asked = useAsk("settle/account", { agreement });
  return (
    <Panel title="Metal account" says="Metal in, oxide out: what the processor still has to return.">
      <Answered asked={asked}>
        {({ balances, postings, unrestated = {} }) => (
          <>
            <Table
              caption="oxide owed"
              rows={balances}
              keyOf={(b) => b.oxide}
              columns={[
                { head: "Oxide", cell: (b) => <Oxide of={b.oxide} /> },
                { head: "Returnable, kg", cell: (b) => exactText(b.credited_kg, 3), kind: "num" },
                { head: "Returned, kg", cell: (b) => exactText(b.returned_kg, 3), kind: "num" },
                { head: "Adjusted, kg", cell: (b) => exactText(b.adjusted_kg, 3), kind: "num" },
                { head: "Owed, kg", cell: (b) => exactText(b.balance_kg, 3), kind: "num" },
                {
                  head: "So",
                  cell: (b) => <Tag mood={b.standing === "owed" ? "warn" : "good"}>{words(b.standing)}</Tag>,
                },
              ]}
            />
            <NotRestated
              of={Object.entries(unrestated).flatMap(([lot, rows]) => rows.map((row) => ({ lot, ...row })))}
            />
            <details>
              <summary className="small">{postings.length} postings</summary>
              <Table
                caption="postings"
                rows={[...postings].reverse()}
                keyOf={(p, i) => `${p.at} ${p.lot} ${p.oxide} ${i}`}
                columns={[
                  { head: "Lot", cell: (p) => <ToLot lot={p.lot} />, kind: "keep" },
                  { head: "When", cell: (p) => dateText(p.at), kind: "keep" },
                  { head: "What", cell: (p) => words(p.kind), kind: "keep" },
                  { head: "Oxide", cell: (p) => <Oxide of={p.oxide} /> },
                  { head: "kg", cell: (p) => exactText(p.oxide_kg, 3), kind: "num" },
                ]}
              />
            </details>
          </>
        )}
      </Answered>
    </Panel>
  );
}

function Statements({ agreement }: { agreement: string }) {
  const pages = useAskPages("settle/statements", { agreement, limit: 15 });
  return (
    <Panel title="Statements">
      <PagedTable
        pages={pages}
        caption="statements by lot"
        keyOf={(s) => s.lot}
        empty="No lot was settled under this agreement yet."
        columns={[
          { head: "Lot", cell: (s) => <ToStatement lot={s.lot} />, kind: "keep" },
          { head: "Issued", cell: (s) => dateText(s.issued.at(-1)?.at ?? ""), kind: "keep" },
          { head: "Sample", cell: (s) => s.sample, kind: "keep" },
          { head: "Version", cell: (s) => s.issued.at(-1)?.statement.agreement_version ?? "–", kind: "num" },
          { head: "Revisions", cell: (s) => s.issued.length, kind: "num" },
          {
            head: "Supplier owes",
            kind: "num",
            cell: (s) => {
              const last = s.issued.at(-1)?.statement;
              return last ? `${exactText(last.amount_due, 2)} ${last.currency}` : "–";
            },
          },
          {
            head: "State",
            cell: (s) => (
              <>
                <Tag mood={s.status === "final" ? "good" : "warn"}>{s.status}</Tag>
                {s.move ? <Tag mood="warn">move proposed</Tag> : null}
              </>
            ),
          },
        ]}
      />
    </Panel>
  );
}
