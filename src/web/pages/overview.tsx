import { Anchor, SimpleGrid, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useAsk } from "../api.ts";
import { mass, measuredMass, number, words } from "../format.ts";
import { Answer, Card, DataTable, PageFrame } from "../parts/frame.tsx";
import { SiteMap } from "../parts/site-map.tsx";
import { STEPS } from "../steps.ts";

interface Notice {
  readonly what: string;
  readonly id: string;
  readonly why: string;
  readonly link: string;
  readonly who?: string;
  readonly sigmas?: number;
}

interface Now {
  readonly balance: {
    readonly held: readonly {
      place: string;
      mass_mg: number;
      elements_mg: Record<string, { best: number; sd: number }>;
    }[];
    readonly places: readonly { place: string; mass_mg: number; elements_mg: Record<string, number> }[];
    readonly closes: boolean;
  };
  readonly late: readonly Notice[];
  readonly open: readonly Notice[];
  readonly waiting: readonly Notice[];
}

/** Elements are shown in the order of what there is most of, the ones people come for first. */
const FIRST = ["Nd", "Pr", "Dy", "Tb"];

export function OverviewPage() {
  const now = useAsk<Now>("overview/now");
  return (
    <PageFrame title="Overview" hint="From end-of-life magnets to verified oxides: where everything is now">
      <nav aria-label="The loop">
        <ol className="loop">
          {STEPS.slice(1).map(({ path, name, does }, i) => (
            <li key={path}>
              <Link to={path}>
                <small>{i + 1}</small>
                <b>{name}</b>
                <small>{does}</small>
              </Link>
            </li>
          ))}
        </ol>
      </nav>
      <Answer of={now}>{(answer) => <Current now={answer} />}</Answer>
    </PageFrame>
  );
}

function Current({ now }: { now: Now }) {
  const { held, places, closes } = now.balance;
  const all = new Set(held.flatMap((h) => Object.keys(h.elements_mg)));
  const elements = [
    ...FIRST.filter((e) => all.has(e)),
    ...[...all].filter((e) => !FIRST.includes(e)).sort(),
  ].slice(0, 6);
  const lost = places.filter((p) => p.place !== "received" && p.place !== "added");
  return (
    <>
      <Card title="On hand, by place">
        <DataTable
          rows={held}
          label="On hand by place"
          empty="Nothing is on the books yet. Receive a consignment to begin."
          keyOf={(h) => h.place}
          columns={[
            { name: "Place", cell: (h) => words(h.place) },
            { name: "Mass", number: true, cell: (h) => mass(h.mass_mg) },
            ...elements.map((element) => ({
              name: element,
              number: true,
              cell: (h: Now["balance"]["held"][number]) => {
                const content = h.elements_mg[element];
                return content ? measuredMass(content.best, content.sd) : "none";
              },
            })),
          ]}
        />
        <Text size="sm" c="dimmed" mt="xs">
          ± is a 90 % interval.{" "}
          {closes
            ? "All lots and places add up to zero: nothing was made or lost off the books."
            : "The books do not add up to zero: run didym ledger audit."}
        </Text>
      </Card>
      <SimpleGrid cols={{ base: 1, md: 3 }}>
        <Notices title="Waiting" empty="Nothing waits." notices={now.waiting} />
        <Notices title="Late" empty="Nothing is late." notices={now.late} />
        <Notices title="Does not close" empty="Every step and every weight closes." notices={now.open} />
      </SimpleGrid>
      <SimpleGrid cols={{ base: 1, md: 2 }}>
        <Card title="Where lost and delivered mass went">
          <DataTable
            rows={lost}
            label="Named places"
            empty="Nothing was lost or delivered yet."
            keyOf={(p) => p.place}
            columns={[
              { name: "Named place", cell: (p) => words(p.place) },
              { name: "Mass", number: true, cell: (p) => mass(p.mass_mg) },
            ]}
          />
        </Card>
        <Card title="Sites">
          <SiteMap />
        </Card>
      </SimpleGrid>
    </>
  );
}

function Notices({ title, notices, empty }: { title: string; notices: readonly Notice[]; empty: string }) {
  return (
    <Card title={`${title}${notices.length > 0 ? ` (${notices.length})` : ""}`}>
      {notices.length === 0 ? <Text c="dimmed">{empty}</Text> : null}
      {notices.slice(0, 8).map((n) => (
        <Text key={`${n.what} ${n.id}`} size="sm" mb={6}>
          <Anchor component={Link} to={n.link} underline="always">
            {n.id}
          </Anchor>{" "}
          {n.who ? <b>{n.who}: </b> : null}
          {n.what}, {n.why}
          {n.sigmas === undefined ? "" : ` (${number(n.sigmas, 1)} sigma)`}
        </Text>
      ))}
    </Card>
  );
}
