import { useLocation } from "@tanstack/react-router";
import { useEffect } from "react";
import { useAsk } from "../kit/client/hooks.ts";
import { massText, words } from "../kit/show/figure-text.ts";
import { useNames } from "../kit/show/named.tsx";
import { Qr } from "../kit/show/qr.tsx";
import { Failed } from "../kit/show/states.tsx";
import { labelAddress } from "./label.ts";

/** Labels to print and stick on drums and pallets; the code opens the lot's page on the floor with any phone's camera. */
export function Labels() {
  const search = useLocation().search as { lots?: unknown };
  const lots = String(search.lots ?? "")
    .split(",")
    .filter((lot) => lot !== "");
  useEffect(() => {
    document.title = "Labels · Didym";
  }, []);
  return (
    <main className="labels">
      <header data-no-print>
        <h1>Labels</h1>
        <p className="dim">
          {lots.length === 0
            ? "No lot was named: open this page from a lot or a consignment."
            : "The code opens the lot on the floor, with any phone's camera."}
        </p>
        <button type="button" className="button" onClick={() => print()} disabled={lots.length === 0}>
          Print
        </button>
      </header>
      {lots.map((lot) => (
        <Label key={lot} lot={lot} />
      ))}
    </main>
  );
}

function Label({ lot }: { lot: string }) {
  const asked = useAsk("ledger/lot", { lot });
  const of = asked.data;
  const names = useNames();
  const mass = of ? massText(of.mass_mg.best, { unit: "kg" }) : undefined;
  return (
    <section className="label" aria-label={`label of ${lot}`}>
      <Qr text={labelAddress(location.origin, lot)} />
      <div>
        <strong className="label-lot">{lot}</strong>
        {asked.isError ? <Failed asked={asked} /> : <div>{of ? words(of.kind) : ""}</div>}
        <div>{mass ? `${mass.best} ${mass.unit}` : ""}</div>
        <div className="dim">{of ? `${names.site(of.place)}, ${names.party(of.owner)}` : ""}</div>
      </div>
    </section>
  );
}
