import type { CertificateRecord } from "../../certify/index.ts";
import { Mass } from "../kit/show/figure.tsx";
import { dateText, decimals } from "../kit/show/figure-text.ts";
import { Panel, Tag } from "../kit/show/page.tsx";
import { Table } from "../kit/show/table.tsx";

/** What the books hold of the lot beside what its certificate of analysis says, where the two differ beyond doubt. */
export function AgainstTheBooks({ of }: { of: CertificateRecord }) {
  const { findings, superseded, rests_on } = of;
  return (
    <Panel
      title="What it rests on"
      says="A difference of more than three standard uncertainties between the books and the certificate of analysis is a finding."
    >
      {superseded ? (
        <p className="note warn">
          Superseded on {dateText(superseded.at)}: {superseded.why}
        </p>
      ) : null}
      {rests_on ? (
        <p>
          Released results of sample {rests_on.sample}, drawn from {rests_on.lot}, reported{" "}
          {dateText(rests_on.report_at)}.
        </p>
      ) : (
        <p className="note">No registered sample: it was released before results had to be.</p>
      )}
      {findings === undefined ? null : findings.length === 0 ? (
        <Tag mood="good">The books agree with it</Tag>
      ) : (
        <Table
          caption="what differs beyond doubt"
          rows={findings}
          keyOf={(f) => f.element}
          columns={[
            { head: "Element", cell: (f) => f.element },
            { head: "Books", cell: (f) => <Mass mg={f.books.mg} sd={f.books.sd_mg} />, kind: "num" },
            {
              head: "Certificate of analysis",
              cell: (f) => <Mass mg={f.certificate.mg} sd={f.certificate.sd_mg} />,
              kind: "num",
            },
            { head: "Standard uncertainties apart", cell: (f) => decimals(f.z, 1), kind: "num" },
          ]}
        />
      )}
    </Panel>
  );
}
