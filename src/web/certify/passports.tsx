import type { PassportRecord } from "../../certify/index.ts";
import { Acts } from "../act/do.tsx";
import { useAskPages } from "../kit/client/hooks.ts";
import { Mass } from "../kit/show/figure.tsx";
import { Oxide } from "../kit/show/formula.tsx";
import { Go, ToLot, ToPassport } from "../kit/show/go.tsx";
import { Page, Panel, Tag } from "../kit/show/page.tsx";
import { PagedTable } from "../kit/show/table.tsx";
import { leftTo } from "./said.ts";

/** Passports that were issued, and the way to check one from somewhere else. */
export function Passports() {
  const pages = useAskPages("certify/passports", { limit: 25 });
  return (
    <Page
      title="Certify"
      says="Passports of oxide lots: signed, bound to the log, and claiming no more than was measured in the feeds."
      actions={
        <>
          <Acts on="passports" />
          <Go to="/verify" className="button">
            Verify a passport
          </Go>
        </>
      }
    >
      <Panel title="Passports">
        <PagedTable
          pages={pages}
          caption="passports"
          keyOf={(p) => p.passport}
          empty="No passport was issued yet."
          columns={[
            { head: "Passport", cell: (p) => <ToPassport id={p.passport} />, kind: "keep" },
            { head: "Lot", cell: (p) => <ToLot lot={p.lot} />, kind: "keep" },
            { head: "Oxide", cell: (p) => <Oxide of={p.oxide} />, kind: "keep" },
            { head: "Mass", cell: (p) => <Mass mg={p.mass_mg} unit="kg" />, kind: "num" },
            {
              head: "Claims on feeds",
              cell: (p) =>
                Object.keys(p.feeds_mg).map((feed) => (
                  <div key={feed} className="keep">
                    <ToLot lot={feed} />
                  </div>
                )),
            },
            {
              head: "State",
              cell: (p) => <State of={p} />,
            },
          ]}
        />
      </Panel>
    </Page>
  );
}

function State({ of }: { of: PassportRecord }) {
  const left = leftTo(of);
  if (of.revoked) return <Tag mood="bad">revoked: {of.revoked.why}</Tag>;
  if (of.superseded) return <Tag mood="bad">superseded: {of.superseded.why}</Tag>;
  if (left === 0) return <Tag mood="bad">described by its parts</Tag>;
  return (
    <>
      <Tag mood="good">in force</Tag>
      {left === undefined ? null : (
        <div className="dim">
          <Mass mg={left} unit="kg" /> beside its parts
        </div>
      )}
    </>
  );
}
