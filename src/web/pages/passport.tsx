import { Alert, Anchor, Button, Container, Group, Image, SimpleGrid, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { ask, useAsk } from "../api.ts";
import { day, instant, mass, number, percent, words } from "../format.ts";
import { Checks } from "../parts/checks.tsx";
import { Answer, Card, DataTable, Facts, PageFrame } from "../parts/frame.tsx";
import { verifyHere } from "../parts/verify-here.ts";

interface Credential {
  readonly issuer: { id: string; name: string };
  readonly validFrom: string;
  readonly credentialSubject: {
    readonly sample: boolean;
    readonly product: { lot: string; oxide: string; net_mass_mg: number };
    readonly certificate: {
      purity: { purity_pct: string; statement: string };
      laboratory: string;
      method: string;
      results: readonly { analyte: string; mg_per_kg: string; u?: string }[];
      specifications: readonly { specification: string; meets: string }[];
    };
    readonly provenance: {
      collected_in: readonly string[];
      sites: readonly { step: string; country: string; state: string; at: string }[];
      chain_of_custody: string;
      origin: string;
    };
    readonly recycled_share: string;
    readonly claims_mg: Record<string, Record<string, number>>;
    readonly balance: Record<string, { in_mg: number; out_mg: number; lost_mg: number; residual_mg: number }>;
  };
}

export function PassportPage() {
  const { passport } = useParams({ strict: false }) as { passport: string };
  const found = useAsk<{ credential: Credential }>("certify/passport", { passport });
  return (
    <Container size="lg" py="xl" component="main">
      <PageFrame title={`Passport ${passport}`} hint="Rare-earth oxide from end-of-life devices">
        <Answer of={found}>
          {({ credential }) => <Details passport={passport} credential={credential} />}
        </Answer>
        <Anchor component={Link} to="/">
          Didym
        </Anchor>
      </PageFrame>
    </Container>
  );
}

function Details({ passport, credential }: { passport: string; credential: Credential }) {
  const { product, certificate, provenance, claims_mg, balance, recycled_share, sample } =
    credential.credentialSubject;
  const met = certificate.specifications.filter((s) => s.meets === "yes").map((s) => s.specification);
  return (
    <>
      {sample ? (
        <Alert color="yellow" variant="light" title="Sample">
          Made-up parties on public places: no real firm's word.
        </Alert>
      ) : null}
      <SimpleGrid cols={{ base: 1, md: 2 }}>
        <Card title={`${product.oxide}, ${certificate.purity.purity_pct} %`}>
          <Facts
            facts={[
              ["Net mass", mass(product.net_mass_mg)],
              ["Lot", product.lot],
              ["Purity", certificate.purity.statement],
              ["Meets", met.join(", ") || "no specification"],
              ["Laboratory", `${certificate.laboratory}: ${certificate.method}`],
              ["Recycled share", percent(Number(recycled_share), 2)],
              ["Collected in", provenance.collected_in.join(", ")],
              ["Chain of custody", words(provenance.chain_of_custody)],
              ["Origin", provenance.origin],
              ["Issued", `${instant(credential.validFrom)} by ${credential.issuer.name}`],
            ]}
          />
          <Group mt="sm">
            <Button
              component="a"
              variant="default"
              href={`/api/certify/credential?passport=${passport}`}
              download={`${passport}.json`}
            >
              Download passport
            </Button>
            <Button
              component="a"
              variant="default"
              href={`/api/certify/bundle?passport=${passport}`}
              download={`${passport}-bundle.json`}
            >
              Download bundle
            </Button>
          </Group>
        </Card>
        <Proof passport={passport} credential={credential} />
      </SimpleGrid>
      <SimpleGrid cols={{ base: 1, md: 2 }}>
        <Card title="From device to oxide">
          <DataTable
            rows={provenance.sites}
            label="Steps"
            empty=""
            keyOf={(s) => s.step + s.at}
            columns={[
              { name: "Step", cell: (s) => words(s.step) },
              { name: "Where", cell: (s) => `${s.state}, ${s.country}` },
              { name: "When", cell: (s) => day(s.at) },
            ]}
          />
        </Card>
        <Card title="Balance over all steps">
          <DataTable
            rows={Object.entries(balance)}
            label="Balance"
            empty=""
            keyOf={([element]) => element}
            columns={[
              { name: "Element", cell: ([element]) => element },
              { name: "In", number: true, cell: ([, b]) => mass(b.in_mg) },
              { name: "Out", number: true, cell: ([, b]) => mass(b.out_mg) },
              { name: "Lost", number: true, cell: ([, b]) => mass(b.lost_mg) },
              { name: "Open", number: true, cell: ([, b]) => mass(b.residual_mg) },
            ]}
          />
        </Card>
        <Card title="Claims on feeds">
          <DataTable
            rows={Object.entries(claims_mg).flatMap(([feed, elements]) =>
              Object.entries(elements).map(([element, mg]) => ({ feed, element, mg })),
            )}
            label="Claims"
            empty=""
            keyOf={(c) => c.feed + c.element}
            columns={[
              { name: "Feed", cell: (c) => c.feed },
              { name: "Element", cell: (c) => c.element },
              { name: "Claimed", number: true, cell: (c) => mass(c.mg) },
            ]}
          />
        </Card>
        <Card title="Impurities found">
          <DataTable
            rows={certificate.results.filter((r) => !r.mg_per_kg.startsWith("<"))}
            label="Impurities"
            empty="All below detection."
            keyOf={(r) => r.analyte}
            columns={[
              { name: "Analyte", cell: (r) => r.analyte },
              { name: "mg/kg", number: true, cell: (r) => r.mg_per_kg },
              { name: "Standard uncertainty", number: true, cell: (r) => r.u ?? "" },
            ]}
          />
          <Text size="sm" c="dimmed" mt="xs">
            {number(certificate.results.filter((r) => r.mg_per_kg.startsWith("<")).length, 0)} more were below
            detection.
          </Text>
        </Card>
      </SimpleGrid>
    </>
  );
}

/** The verifier runs in this page; the list of trusted issuers shown is the one the programme publishes. */
function Proof({ passport, credential }: { passport: string; credential: Credential }) {
  const proof = useQuery({
    queryKey: ["verify", passport],
    queryFn: async () =>
      verifyHere({
        credential,
        bundle: await ask("certify/bundle", { passport }),
        issuers: [credential.issuer.id],
      }),
  });
  const code = useQuery({
    queryKey: ["qr", passport],
    queryFn: async () =>
      (await import("qrcode")).toString(`${location.origin}/passport/${passport}`, {
        type: "svg",
        margin: 1,
      }),
  });
  return (
    <Card title="Verified in this browser">
      <Answer of={proof}>{(verification) => <Checks of={verification} />}</Answer>
      <Text size="sm" c="dimmed" mt="sm">
        The key shown is the issuer's own: trust it only if you had it from the issuer. Check offline with
        didym certify verify.
      </Text>
      {code.data ? (
        <Image
          src={`data:image/svg+xml,${encodeURIComponent(code.data)}`}
          alt="QR code of this page"
          w={132}
          mt="sm"
        />
      ) : null}
    </Card>
  );
}
