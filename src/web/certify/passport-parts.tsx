import { lazy, Suspense } from "react";
import type { Certificate } from "../../certify/index.ts";
import { Amount, DOUBT_NOTE, Mass, MassIfAny } from "../kit/show/figure.tsx";
import { dateText, decimals, words } from "../kit/show/figure-text.ts";
import { Formulas } from "../kit/show/formula.tsx";
import { Facts, Panel, Tag } from "../kit/show/page.tsx";
import { Loading } from "../kit/show/states.tsx";
import { Table } from "../kit/show/table.tsx";
import type { Credential } from "./credential.ts";
import { collectedText, feedstockLines, fromRecords } from "./said.ts";
import { type Station, stationsOf } from "./way.ts";

const WayMap = lazy(async () => ({ default: (await import("./way-map.tsx")).WayMap }));

export function Provenance({ of }: { of: Credential }) {
  const { provenance, recycled_share, rules } = of.credentialSubject;
  const metal = rules === undefined ? "the metal in the books" : "the metal that is certified";
  const stations = stationsOf(provenance.sites);
  return (
    <Panel title="Where it came from">
      <div className="columns">
        <div>
          <Facts
            of={[
              ["Collected in", collectedText(provenance)],
              ["Was before", <Lines key="was" of={feedstockLines(provenance)} />],
              [`Share of ${metal}, from settled feeds`, `${decimals(Number(recycled_share) * 100, 2)} %`],
              ["Chain of custody", words(provenance.chain_of_custody)],
              ["Origin", words(provenance.origin)],
              ...(fromRecords(provenance) && provenance.stated_later
                ? ([["Asked", "not all of it at receipt: some was stated later"]] as const)
                : []),
            ]}
          />
          <Table
            caption="what was done where"
            rows={stations}
            keyOf={(s) => `${s.country} ${s.state}`}
            columns={[
              { head: "Where", cell: (s) => whereText(s), kind: "keep" },
              { head: "What was done", cell: (s) => s.steps.join(", ") },
              { head: "When", cell: (s) => daysOf(s.from, s.to) },
            ]}
          />
        </div>
        <Suspense fallback={<Loading rows={6} />}>
          <WayMap stations={stations} />
        </Suspense>
      </div>
    </Panel>
  );
}

const Lines = ({ of }: { of: readonly string[] }) => (
  <>
    {of.map((line) => (
      <div key={line}>{line}</div>
    ))}
  </>
);

const whereText = ({ state, country }: Station): string => (state ? `${state}, ${country}` : words(country));

/** What began and ended on one day is said with one. */
function daysOf(from: string, to: string): string {
  const [first, last] = [dateText(from), dateText(to)];
  return first === last ? first : `${first} to ${last}`;
}

/** What this lot claims of each settled feed. All claims together never exceed what was measured in it. */
export function Claims({ of }: { of: Credential }) {
  const rows = Object.entries(of.credentialSubject.claims_mg).flatMap(([feed, elements]) =>
    Object.entries(elements).map(([element, mg]) => ({ feed, element, mg })),
  );
  return (
    <Panel
      title="Claims on feeds"
      says="The verifier adds up the claims of all passports on each feed from the signed log."
    >
      <Table
        caption="claims on feeds"
        rows={rows}
        keyOf={(r) => `${r.feed} ${r.element}`}
        columns={[
          { head: "Feed lot", cell: (r) => r.feed, kind: "keep" },
          { head: "Element", cell: (r) => r.element },
          { head: "Claimed", cell: (r) => <Mass mg={r.mg} unit="kg" />, kind: "num" },
        ]}
      />
    </Panel>
  );
}

export function Analysis({ of }: { of: Certificate }) {
  return (
    <Panel
      title="Certificate of analysis"
      says={`${of.method}, ${of.laboratory}; ${of.sampled_on === undefined ? "" : `sample ${of.sample} drawn ${dateText(of.sampled_on)}, `}analysed ${dateText(of.analysed_on)}, approved by ${of.approved_by}. ${DOUBT_NOTE}`}
    >
      <Facts
        of={[
          ["Purity", `${of.purity.purity_pct} %`],
          [
            "Sum of impurities",
            <Amount
              key="sum"
              value={Number(of.purity.sum_mg_per_kg)}
              sd={Number(of.purity.u_mg_per_kg)}
              unit="mg/kg"
            />,
          ],
          ["Total rare-earth oxide", of.reo_pct === undefined ? "not measured" : `${of.reo_pct} %`],
          ["Loss on ignition", of.loi_pct === undefined ? "not measured" : `${of.loi_pct} %`],
        ]}
      />
      <div className="columns">
        <Table
          caption="impurities"
          rows={of.results}
          keyOf={(r) => r.analyte}
          columns={[
            { head: "Impurity", cell: (r) => <Formulas in={r.analyte} /> },
            { head: "mg/kg", cell: (r) => r.mg_per_kg, kind: "num" },
            { head: "Standard uncertainty", cell: (r) => r.u ?? "", kind: "num" },
          ]}
        />
        <Table
          caption="specifications"
          rows={of.specifications}
          keyOf={(s) => s.specification}
          columns={[
            { head: "Specification", cell: (s) => s.specification, kind: "keep" },
            {
              head: "Met",
              cell: (s) => (
                <Tag mood={s.meets === "yes" ? "good" : s.meets === "no" ? "bad" : "warn"}>
                  {s.meets === "unproven" ? "not proven" : s.meets}
                </Tag>
              ),
            },
            { head: "Likely a false yes", cell: (s) => <FalseYes of={s} /> },
            { head: "Why", cell: (s) => <Why of={s.checks} /> },
          ]}
        />
      </div>
    </Panel>
  );
}

/** How likely a yes is false by the stated doubts; older certificates of analysis do not say. */
function FalseYes({ of }: { of: Certificate["specifications"][number] }) {
  if (of.false_yes === undefined) return of.meets === "yes" ? "not stated" : "";
  const without = of.doubt_not_stated?.map((limit) => LIMIT_WORDS[limit]?.trim() || limit).join(", ");
  return (
    <>
      {of.false_yes}
      {without ? <span className="dim"> without {without}, whose doubt is not stated</span> : ""}
    </>
  );
}

/** Limits that are no oxide, as they are read. */
const LIMIT_WORDS: Readonly<Record<string, string>> = {
  purity: "purity ",
  product: "",
  reo: "total rare-earth oxide ",
  LOI: "loss on ignition ",
};

/** Each limit with what was found; a sentence each, for a buyer looks for one of them. */
function Why({ of }: { of: Certificate["specifications"][number]["checks"] }) {
  return (
    <ul className="bare">
      {of.map(({ limit, why, false_yes, doubt }) => (
        <li key={limit}>
          {LIMIT_WORDS[limit] ?? (
            <>
              <Formulas in={limit} />{" "}
            </>
          )}
          {why}
          {false_yes === undefined || false_yes === "0" ? "" : `; a false yes with probability ${false_yes}`}
          {doubt === "not_stated" ? "; doubt not stated" : ""}
        </li>
      ))}
    </ul>
  );
}

export function BalanceTable({ of }: { of: Credential }) {
  return (
    <Panel title="Balance of the way" says="Over the steps from the settled feeds to this lot.">
      <Table
        caption="balance by element"
        rows={Object.entries(of.credentialSubject.balance)}
        keyOf={([element]) => element}
        columns={[
          { head: "Element", cell: ([element]) => element },
          { head: "In", cell: ([, b]) => <MassIfAny mg={b.in_mg} />, kind: "num" },
          { head: "Out", cell: ([, b]) => <MassIfAny mg={b.out_mg} />, kind: "num" },
          { head: "Lost to named places", cell: ([, b]) => <MassIfAny mg={b.lost_mg} />, kind: "num" },
          { head: "Unaccounted", cell: ([, b]) => <MassIfAny mg={b.residual_mg} />, kind: "num" },
        ]}
      />
    </Panel>
  );
}
