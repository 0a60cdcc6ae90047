import { Anchor } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { mass } from "../format.ts";
import { Card, PageFrame } from "../parts/frame.tsx";
import { PagedTable } from "../parts/paged.tsx";

interface Passport {
  readonly passport: string;
  readonly lot: string;
  readonly oxide: string;
  readonly mass_mg: number;
  readonly feeds_mg: Record<string, Record<string, number>>;
  readonly revoked?: { why: string };
}

export function PassportsPage() {
  return (
    <PageFrame title="Passports" hint="What a buyer can check without us">
      <Card>
        <PagedTable<Passport>
          path="certify/passports"
          label="Passports"
          empty="No passport was issued yet."
          keyOf={(p) => p.passport}
          columns={[
            {
              name: "Passport",
              cell: (p) => (
                <Anchor component={Link} to={`/passport/${p.passport}`}>
                  {p.passport}
                </Anchor>
              ),
            },
            {
              name: "Lot",
              cell: (p) => (
                <Anchor component={Link} to={`/lots/${p.lot}`}>
                  {p.lot}
                </Anchor>
              ),
            },
            { name: "Product", cell: (p) => p.oxide },
            { name: "Net mass", number: true, cell: (p) => mass(p.mass_mg) },
            { name: "Feeds", number: true, cell: (p) => Object.keys(p.feeds_mg).length },
            { name: "State", cell: (p) => (p.revoked ? `revoked: ${p.revoked.why}` : "valid") },
          ]}
        />
      </Card>
      <Anchor component={Link} to="/verify">
        Verify a passport from a file
      </Anchor>
    </PageFrame>
  );
}
