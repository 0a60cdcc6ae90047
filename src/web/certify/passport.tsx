import { useParams } from "@tanstack/react-router";
import { useEffect } from "react";
import type { PassportRecord } from "../../certify/index.ts";
import { useAsk } from "../kit/client/hooks.ts";
import { Mass } from "../kit/show/figure.tsx";
import { dateText } from "../kit/show/figure-text.ts";
import { Oxide } from "../kit/show/formula.tsx";
import { ToDocument, ToPassport } from "../kit/show/go.tsx";
import { Facts, Panel, Tag } from "../kit/show/page.tsx";
import { Qr } from "../kit/show/qr.tsx";
import { Answered } from "../kit/show/states.tsx";
import { AgainstTheBooks } from "./against-the-books.tsx";
import type { Credential } from "./credential.ts";
import { Downloads } from "./downloads.tsx";
import { PassportChecks } from "./passport-checks.tsx";
import { Analysis, BalanceTable, Claims, Provenance } from "./passport-parts.tsx";
import { leftTo, recycledText } from "./said.ts";

interface PassportAnswer extends PassportRecord {
  readonly credential: Credential;
}

/** The public page of one passport: what the lot is, where it came from, and every check run before the reader's eyes. */
export function PassportPage() {
  const { passport = "" } = useParams({ strict: false }) as { passport?: string };
  const asked = useAsk("certify/passport", { passport });
  useEffect(() => {
    document.title = `Passport ${passport}`;
  }, [passport]);
  return (
    <main className="sheet">
      <Answered asked={asked} rows={16}>
        {(of) => <Sheet of={of} />}
      </Answered>
      {asked.isError ? <h1>No passport to show</h1> : null}
    </main>
  );
}

function Sheet({ of }: { of: PassportAnswer }) {
  const { credential } = of;
  const { product, certificate, sample, recycled_share, provenance, part_of } = credential.credentialSubject;
  const met = certificate.specifications.filter((s) => s.meets === "yes").map((s) => s.specification);
  const released = useAsk("certify/certificate", { lot: product.lot });
  return (
    <>
      <header className="sheet-head">
        <div>
          <p className="dim" style={{ margin: 0 }}>
            Oxide passport {of.passport}
          </p>
          <h1>
            <Oxide of={product.oxide} />, lot {product.lot}
          </h1>
          <p className="big" style={{ margin: "0.5rem 0 0" }}>
            {certificate.purity.purity_pct} % pure, {recycledText(provenance, recycled_share)}
          </p>
          <p className="dim">
            <Mass mg={product.net_mass_mg} unit="kg" /> by {credential.issuer.name}
            {met.length > 0 ? `, meets ${met.join(", ")}` : ""}
          </p>
          {sample ? <Tag mood="warn">Sample programme: no real product</Tag> : null}{" "}
          {of.revoked ? <Tag mood="bad">Revoked: {of.revoked.why}</Tag> : null}{" "}
          {of.superseded ? <Tag mood="bad">Superseded: {of.superseded.why}</Tag> : null} <Left of={of} />
        </div>
        <Qr text={`${location.origin}/passport/${encodeURIComponent(of.passport)}`} />
      </header>
      <PassportChecks passport={of.passport} credential={credential} />
      <Provenance of={credential} />
      <Panel title="Product">
        <Facts
          of={[
            ["Oxide", <Oxide key="oxide" of={product.oxide} />],
            ["Net mass", <Mass key="mass" mg={product.net_mass_mg} unit="kg" />],
            ["Meets", met.join(", ") || "no specification that was checked"],
            ["Purity is", certificate.purity.statement],
            ["Issued by", credential.issuer.name],
            ...(part_of ? ([["Part of", <ToPassport key="part" id={part_of.passport} />]] as const) : []),
            ["Signed", dateText(credential.proof.created)],
            ...(released.data
              ? ([
                  [
                    "Certificate",
                    <span key="certificate">
                      <ToDocument digest={released.data.pdf_digest}>PDF</ToDocument>,{" "}
                      <ToDocument digest={released.data.json_digest}>JSON</ToDocument>
                    </span>,
                  ],
                ] as const)
              : []),
          ]}
        />
      </Panel>
      <Claims of={credential} />
      <Analysis of={certificate} />
      {released.data ? <AgainstTheBooks of={released.data} /> : null}
      <BalanceTable of={credential} />
      <Downloads passport={of.passport} />
    </>
  );
}

/** What of the lot has passports of its own: the paper for it is theirs. */
function Left({ of }: { of: PassportRecord }) {
  const left = leftTo(of);
  if (left === undefined || of.revoked) return null;
  return (
    <>
      <Tag mood={left > 0 ? "warn" : "bad"}>
        {left > 0 ? (
          <>
            Parts have passports of their own, <Mass mg={left} unit="kg" /> is left to this one
          </>
        ) : (
          "All of it is described by passports of its parts"
        )}
      </Tag>
      <ul className="bare">
        {Object.entries(of.parts ?? {}).map(([part, mg]) => (
          <li key={part}>
            <ToPassport id={part} />, <Mass mg={mg} unit="kg" />
          </li>
        ))}
      </ul>
    </>
  );
}
