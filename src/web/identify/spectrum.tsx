import { useState } from "react";
import { DropArea } from "../kit/show/drop.tsx";
import { decimals, percentText } from "../kit/show/figure-text.ts";
import { Page, Panel, Tag } from "../kit/show/page.tsx";
import { Table } from "../kit/show/table.tsx";
import { Residuals } from "./residuals.tsx";
import { piecesOf, type ReadPiece, type ShownPiece } from "./spectrum-data.ts";
import { SpectrumPlot } from "./spectrum-plot.tsx";

const NAMES: Readonly<Record<string, string>> = {
  NdFeB_sintered: "sintered NdFeB magnet",
  NdFeB_bonded: "bonded NdFeB magnet",
  SmCo5: "SmCo5 magnet",
  Sm2Co17: "Sm2Co17 magnet",
  ferrite: "ferrite magnet",
  steel: "steel",
  stainless: "stainless steel",
  unknown: "none of the materials known",
};

/** Drop a spectrum, see what the piece is made of, and how well the fit says so. Nothing leaves the browser. */
export function SpectrumPage() {
  const [pieces, setPieces] = useState<readonly ReadPiece[]>([]);
  const [says, setSays] = useState<string>();
  const [at, setAt] = useState(0);
  const take = async (file: File | undefined) => {
    if (!file) return;
    const found = piecesOf(await file.text());
    setSays(typeof found === "string" ? `${file.name} was not read. ${found}` : undefined);
    setPieces(typeof found === "string" ? [] : found);
    setAt(0);
  };
  const piece = pieces[at];
  return (
    <Page
      title="Spectrum"
      says="Drop an X-ray fluorescence spectrum of a piece: material, composition with doubt, and coat, worked out in your browser. JSON lines, Amptek MCA or EMSA/MAS."
    >
      <DropArea label="Drop a spectrum here" onFiles={([file]) => void take(file)}>
        <label className="file-button">
          Choose a spectrum file
          <input
            type="file"
            accept=".jsonl,.json,.mca,.msa,.emsa,.txt"
            className="sr-only"
            onChange={(e) => void take(e.currentTarget.files?.[0])}
          />
        </label>
        <span className="dim"> or drop it here</span>
      </DropArea>
      {says ? (
        <p className="note bad" role="alert">
          {says}
        </p>
      ) : null}
      {pieces.length > 1 ? (
        <label>
          Spectrum{" "}
          <select aria-label="Spectrum" value={at} onChange={(e) => setAt(Number(e.currentTarget.value))}>
            {pieces.map(({ id }, k) => (
              <option key={id} value={k}>
                {id}
              </option>
            ))}
          </select>
        </label>
      ) : null}
      {piece && "refused" in piece ? (
        <p className="note bad" role="alert">
          {piece.id} is no whole spectrum. {piece.refused}
        </p>
      ) : null}
      {piece && "shown" in piece ? <Piece key={piece.id} id={piece.id} of={piece.shown} /> : null}
    </Page>
  );
}

function Piece({ id, of }: { id: string; of: ShownPiece }) {
  const { identity, plot, marks } = of;
  const sure = identity.material === "unknown" ? undefined : identity.material_p[identity.material];
  const rows = Object.entries(identity.wt_pct).filter(
    ([, found]) => "refused" in found || found.best >= 0.01,
  );
  return (
    <>
      <Panel title={`${id}: ${NAMES[identity.material] ?? identity.material}`}>
        <p>
          {identity.rare_earth_magnet ? (
            <Tag mood="good">rare-earth magnet</Tag>
          ) : (
            <Tag>no rare-earth magnet</Tag>
          )}{" "}
          {sure === undefined
            ? null
            : `${sure > 0.999 ? "more than 99.9 %" : percentText(sure)} sure among seven materials. `}
          {identity.coat
            ? `Under a coat of ${identity.coat.element}, ${decimals(identity.coat.thickness_um.best, 1)} µm (90 %: ${decimals(identity.coat.thickness_um.lo90, 1)} to ${decimals(identity.coat.thickness_um.hi90, 1)}).`
            : "No coat of nickel or zinc."}
        </p>
        <SpectrumPlot of={plot} marks={marks} />
        <Residuals of={plot} />
        <p className="dim small">
          Reduced chi-squared {decimals(identity.fit.chi2_reduced, 2)}; gain off by{" "}
          {(identity.fit.gain_error * 1e4).toFixed(1)}e-4, offset {decimals(identity.fit.offset_eV, 1)} eV.
        </p>
      </Panel>
      <Panel
        title="Composition"
        says="Weight percent of the piece below its coat, with 90 % intervals. This is the grade of a piece of feed; the purity of an oxide is another figure."
      >
        <Table
          caption="composition"
          rows={rows}
          keyOf={([element]) => element}
          columns={[
            { head: "Element", cell: ([element]) => element, kind: "keep" },
            {
              head: "wt%",
              kind: "num",
              cell: ([, found]) => ("refused" in found ? "–" : decimals(found.best, found.best < 1 ? 3 : 2)),
            },
            {
              head: "90 %",
              cell: ([, found]) =>
                "refused" in found ? (
                  <span className="dim">{found.refused}</span>
                ) : (
                  `${decimals(found.lo90, 2)} to ${decimals(found.hi90, 2)}`
                ),
            },
          ]}
        />
      </Panel>
    </>
  );
}
