import type { Agreement } from "../../settle/index.ts";
import { dateText, words } from "../kit/show/figure-text.ts";
import { Oxide } from "../kit/show/formula.tsx";
import { Party } from "../kit/show/named.tsx";
import { Facts } from "../kit/show/page.tsx";
import { Table } from "../kit/show/table.tsx";

/** The terms of an agreement as figures, for the eye that has read its sentences once. */
export function Terms({ of }: { of: Agreement }) {
  const { parties, effective, toll, currency, assay_rule: rule, penalties } = of;
  const within = rule.when_within_limit;
  return (
    <div>
      <Facts
        of={[
          ["Supplier", <Party key="supplier" id={parties.supplier} />],
          ["Processor", <Party key="processor" id={parties.processor} />],
          [
            "In force",
            `${dateText(effective.from)} ${effective.to === null ? "until ended" : `to ${dateText(effective.to)}`}`,
          ],
          ["Toll", `${toll.amount_per_kg} ${currency}/kg of ${words(toll.basis)}`],
          [
            "Assays within the limit",
            within === "mean" ? "mean" : `supplier's weigh ${within.weight_supplier}`,
          ],
          [
            "Umpire",
            `rule ${rule.umpire_rule}${rule.umpire_cost ? `, ${rule.umpire_cost.amount} ${currency} for each element` : ""}`,
          ],
          ...(rule.final_assay === undefined ? [] : [["Final assay", `the ${rule.final_assay}'s`] as const]),
          ...(rule.joint_laboratory === undefined
            ? []
            : [["Laboratory of both", <Party key="laboratory" id={rule.joint_laboratory} />] as const]),
          ["Until the umpire reports", words(rule.provisional_assay)],
          ["Below detection", words(rule.below_detection)],
          ["Asked provisionally", of.provisional_pct === undefined ? "nothing" : `${of.provisional_pct} %`],
        ]}
      />
      <Table
        caption="terms by element"
        rows={of.elements}
        keyOf={(e) => e.element}
        columns={[
          { head: "Returned", cell: (e) => <Oxide of={e.oxide} />, kind: "keep" },
          { head: "Guaranteed, %", cell: (e) => e.guaranteed_recovery_pct, kind: "num" },
          { head: "Payable, %", cell: (e) => e.payable_pct, kind: "num" },
          { head: "Has to meet", cell: (e) => e.specification ?? "–" },
          { head: "Limit, % points", cell: (e) => e.splitting_limit_pct, kind: "num" },
        ]}
      />
      {penalties.length > 0 ? (
        <Table
          caption="penalties"
          rows={penalties}
          keyOf={(p) => p.element}
          columns={[
            { head: "Penalty", cell: (p) => p.element, kind: "keep" },
            { head: "Above, %", cell: (p) => p.threshold_pct, kind: "num" },
            { head: "For every, %", cell: (p) => p.increment_pct, kind: "num" },
            { head: `${currency}/t`, cell: (p) => p.charge_per_t, kind: "num" },
          ]}
        />
      ) : null}
    </div>
  );
}
