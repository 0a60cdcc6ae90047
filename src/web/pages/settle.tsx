import { Anchor, List } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useAsk } from "../api.ts";
import { instant, number } from "../format.ts";
import { Answer, Card, DataTable, PageFrame, State } from "../parts/frame.tsx";
import { PagedTable } from "../parts/paged.tsx";

interface Agreement {
  readonly agreement: { id: string; title: string };
  readonly prose: readonly string[];
}
interface Statements {
  readonly lot: string;
  readonly agreement: string;
  readonly status: string;
  readonly issued: readonly { at: string; statement: { amount_due: string; currency: string } }[];
}

export function SettlePage() {
  const agreements = useAsk<{ items: Agreement[] }>("settle/agreements", { limit: 20 });
  return (
    <PageFrame title="Settle" hint="What is owed under the agreement, and the arithmetic of every line">
      <Card title="Statements">
        <PagedTable<Statements>
          path="settle/statements"
          label="Statements"
          empty="No lot was settled yet."
          keyOf={(s) => s.lot}
          columns={[
            {
              name: "Lot",
              cell: (s) => (
                <Anchor component={Link} to={`/settle/${s.lot}`}>
                  {s.lot}
                </Anchor>
              ),
            },
            { name: "Agreement", cell: (s) => s.agreement },
            { name: "Status", cell: (s) => <State state={s.status} /> },
            { name: "Issued", cell: (s) => instant(s.issued.at(-1)?.at ?? "") },
            { name: "Due from supplier", number: true, cell: (s) => money(s) },
          ]}
        />
      </Card>
      <Answer of={agreements}>
        {({ items }) =>
          items.map((a) => (
            <Card key={a.agreement.id} title={a.agreement.title}>
              <Account agreement={a.agreement.id} />
              <List size="sm" mt="md" spacing={4}>
                {a.prose.map((sentence) => (
                  <List.Item key={sentence}>{sentence}</List.Item>
                ))}
              </List>
            </Card>
          ))
        }
      </Answer>
    </PageFrame>
  );
}

function money(s: Statements): string {
  const last = s.issued.at(-1)?.statement;
  return last ? `${number(Number(last.amount_due), 2)} ${last.currency}` : "";
}

interface Balance {
  readonly oxide: string;
  readonly credited_kg: string;
  readonly returned_kg: string;
  readonly balance_kg: string;
  readonly standing: string;
}

function Account({ agreement }: { agreement: string }) {
  const account = useAsk<{ balances: Balance[] }>("settle/account", { agreement });
  const kg = (text: string) => `${number(Number(text), 3)} kg`;
  if (account.isError) return <p>Nothing was settled under it yet.</p>;
  return (
    <Answer of={account}>
      {({ balances }) => (
        <DataTable
          rows={balances}
          label="Metal account"
          empty="The metal account is empty."
          keyOf={(b) => b.oxide}
          columns={[
            { name: "Metal account", cell: (b) => b.oxide },
            { name: "Credited", number: true, cell: (b) => kg(b.credited_kg) },
            { name: "Returned", number: true, cell: (b) => kg(b.returned_kg) },
            { name: "Still owed", number: true, cell: (b) => kg(b.balance_kg) },
            { name: "Standing", cell: (b) => b.standing },
          ]}
        />
      )}
    </Answer>
  );
}
