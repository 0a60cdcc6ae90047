import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { before, describe, test } from "node:test";
import { caseFile, skipWithout } from "../../../test/support/cases.ts";
import { type MadeSpectrum, madeSpectra } from "../../../test/support/made-spectra.ts";
import { atom, attenuation } from "./atomic.ts";
import { identifyPiece, type PieceIdentity } from "./identify-piece.ts";
import { readSpectra } from "./read-spectra.ts";

const identify = (given: unknown): PieceIdentity => {
  const found = readSpectra(`${JSON.stringify(given)}\n`);
  assert.ok(found.ok);
  const spectrum = found.value[0]?.spectrum;
  assert.ok(spectrum?.ok, spectrum?.ok ? "" : spectrum?.refusal.message);
  return identifyPiece(spectrum.value).identity;
};

/** Figures of merit on spectra whose truth is known. */
function judged(
  truths: readonly {
    kind: string;
    wt: (e: string) => number;
    coat?: string;
    um?: number;
    piece: PieceIdentity;
  }[],
) {
  const squares: Record<string, number[]> = {};
  let [material, coat, thick, coats, inside, intervals, magnets] = [0, 0, 0, 0, 0, 0, 0];
  for (const { kind, wt, coat: truth, um = 0, piece } of truths) {
    if (piece.material === kind) material++;
    if (piece.rare_earth_magnet === /NdFeB|Sm/.test(kind)) magnets++;
    if (piece.coat?.element === truth) coat++;
    if (truth && piece.coat) {
      coats++;
      if (Math.abs(piece.coat.thickness_um.best / um - 1) < 0.25) thick++;
    }
    for (const element of ["Nd", "Pr", "Dy"]) {
      const found = piece.wt_pct[element];
      if (kind !== "NdFeB_sintered" || !found || "refused" in found) continue;
      if (!truth) (squares[element] ??= []).push((found.best - wt(element)) ** 2);
      if (wt(element) === 0) continue;
      intervals++;
      if (wt(element) >= found.lo90 && wt(element) <= found.hi90) inside++;
    }
  }
  const rmse = (element: string) => {
    const all = squares[element] ?? [];
    return Math.sqrt(all.reduce((sum, value) => sum + value, 0) / all.length);
  };
  const n = truths.length;
  return {
    material: material / n,
    magnets: magnets / n,
    coat: coat / n,
    thick: thick / coats,
    covered: inside / intervals,
    rmse,
  };
}

describe("XRF on spectra of an independent generator", () => {
  let made: MadeSpectrum[] = [];
  let pieces: PieceIdentity[] = [];
  before(() => {
    made = madeSpectra(108, 20_261);
    pieces = made.map(({ spectrum }) => identify(spectrum));
  });

  test("IX3, IX4, IX5: material, composition, coat and intervals", () => {
    const { material, magnets, coat, thick, covered, rmse } = judged(
      made.map((m, k) => ({
        kind: m.kind,
        wt: (e: string) => m.wt_pct[e] ?? 0,
        ...(m.coat ? { coat: m.coat.element, um: m.coat.um } : {}),
        piece: pieces[k]!,
      })),
    );
    const said = JSON.stringify({
      material,
      magnets,
      coat,
      thick,
      covered,
      Nd: rmse("Nd"),
      Pr: rmse("Pr"),
      Dy: rmse("Dy"),
    });
    assert.ok(material >= 0.98 && magnets === 1 && coat >= 0.95 && thick >= 0.95, said);
    assert.ok(rmse("Nd") <= 0.4 && rmse("Pr") <= 0.2 && rmse("Dy") <= 0.2, said);
    assert.ok(covered >= 0.85 && covered <= 0.97, said);
  });

  test("IX6: a coat hides dysprosium and terbium, and the answer says why", () => {
    const coated = made.findIndex(({ coat }) => coat);
    for (const element of ["Dy", "Tb"]) {
      const found = pieces[coated]?.wt_pct[element];
      assert.ok(found && "refused" in found && found.refused.length > 20);
    }
    const boron = pieces[0]?.wt_pct["B"];
    assert.ok(boron && "refused" in boron, "boron is never seen");
  });

  test("IX7: lanthanum in a ferrite makes no rare-earth magnet", () => {
    const ferrites = made.flatMap((m, k) =>
      m.kind === "ferrite" && (m.wt_pct["La"] ?? 0) > 1 ? [pieces[k]!] : [],
    );
    assert.ok(ferrites.length > 2);
    for (const piece of ferrites) assert.equal(piece.rare_earth_magnet, false);
  });

  test("IX2: gain and offset are found as they were made", () => {
    const shifted = identify({ ...made[0]!.spectrum, e0_keV: 3.515 });
    assert.ok(Math.abs(shifted.fit.offset_eV - pieces[0]!.fit.offset_eV - 15) < 0.5);
    assert.ok(pieces.every(({ fit }) => fit.chi2_reduced > 0.7 && fit.chi2_reduced < 4));
  });

  test("IX1: the same spectrum as Amptek MCA and as EMSA/MAS gives the same piece", () => {
    const { counts } = made[0]!.spectrum;
    const middle = 3.5 + 0.01;
    const files = [
      `<<PMCA SPECTRUM>>\nTAG - sample\n<<CALIBRATION>>\nLABEL - keV\n0 ${middle}\n1000 ${middle + 20}\n<<DATA>>\n${counts.join("\n")}\n<<END>>\n`,
      `#FORMAT : EMSA/MAS Spectral Data File\n#TITLE : sample\n#NPOINTS : ${counts.length}\n#XUNITS : eV\n#OFFSET : ${middle * 1000}\n#XPERCHAN : 20\n#DATATYPE : Y\n#BEAMKV : 50\n#SPECTRUM : Spectral Data Starts Here\n${counts.map((c) => `${c},`).join("\n")}\n#ENDOFDATA :\n`,
    ];
    for (const text of files) {
      const found = readSpectra(text);
      assert.ok(found.ok);
      const spectrum = found.value[0]?.spectrum;
      assert.ok(spectrum?.ok);
      const piece = identifyPiece(spectrum.value).identity;
      const [a, b] = [piece.wt_pct["Nd"], pieces[0]!.wt_pct["Nd"]];
      assert.ok(a && b && "best" in a && "best" in b && Math.abs(a.best - b.best) < 0.01);
    }
  });
});

test("IX8: ten micrometres of nickel pass 14 % of Nd La, 32 % of Fe Ka and 93 % of Nd Ka at 45 degrees", () => {
  const through = (energy_keV: number) =>
    Math.exp(-attenuation(atom("Ni"), "total", energy_keV) * 8.902 * 1e-3 * Math.SQRT2);
  assert.deepEqual(
    [5.23, 6.404, 37.36].map((energy) => Math.round(100 * through(energy))),
    [14, 32, 93],
  );
});

describe("IX9: what is no spectrum is refused by its place", () => {
  const good = {
    id: "a",
    kv: 50,
    e0_keV: 3.5,
    step_keV: 0.02,
    counts: Array.from({ length: 2075 }, (_, i) => (i % 7) + 2),
  };
  const code = (text: string) => {
    const found = readSpectra(text);
    if (!found.ok) return `${found.refusal.code} ${found.refusal.at}`;
    const spectrum = found.value[0]?.spectrum;
    return !spectrum ? "none" : spectrum.ok ? "read" : `${spectrum.refusal.code} ${spectrum.refusal.at}`;
  };
  const row = (change: object) => code(JSON.stringify({ ...good, ...change }));
  const peak = good.counts.map((_, i) => (i > 300 && i < 320 ? 65_535 : 3));
  for (const [name, found, expected] of [
    ["good", row({}), "read"],
    ["nothing", code(" \n"), "empty_spectrum text"],
    ["binary", code("\u0000\u0001PK"), "format_unknown text"],
    ["words", code("hello"), "format_unknown text"],
    ["half a line", code('{"id": 1'), "not_an_object line 1"],
    ["a misspelt voltage", row({ kv: undefined, kvv: 40 }), "field_unknown line 1.kvv"],
    ["free text", row({ note: "second drawer", _shift: 2 }), "read"],
    ["no counts", row({ counts: undefined }), "field_missing line 1.counts"],
    ["negative", row({ counts: good.counts.with(9, -1) }), "negative_counts line 1.counts[9]"],
    ["not a number", row({ counts: [...good.counts.slice(1), null] }), "not_a_number line 1.counts[2074]"],
    [
      "NaN as written",
      code(JSON.stringify(good).replace(/,\d+\]/, ",NaN]")),
      "not_a_number line 1.counts[2074]",
    ],
    ["too few channels", row({ counts: good.counts.slice(0, 1000) }), "channels_missing line 1.counts"],
    ["channels not as stated", row({ channels: 2048 }), "channels_missing line 1.counts"],
    ["no energy scale", row({ step_keV: undefined }), "calibration_missing line 1.step_keV"],
    ["no counts to speak of", row({ counts: good.counts.map(() => 0) }), "empty_spectrum line 1.counts"],
    ["saturated", row({ counts: peak }), "saturated line 1.counts"],
    [
      "MCA without calibration",
      code(`<<PMCA SPECTRUM>>\n<<DATA>>\n1\n2\n<<END>>`),
      "calibration_missing <<CALIBRATION>>",
    ],
    ["EMSA without a width", code("#FORMAT : EMSA/MAS\n#SPECTRUM :\n1,\n"), "calibration_missing #XPERCHAN"],
  ] as const)
    test(name, () => assert.equal(found, expected));
});

const answersFile = caseFile("identify", "xrf_synth_dev_answers.csv");

test("IX3 to IX5 on the development spectra", {
  skip: skipWithout(answersFile),
}, () => {
  const [head = "", ...rows] = readFileSync(answersFile, "utf8").trim().split("\n");
  const answers = new Map(
    rows.map((text) => [
      text.split(",")[0],
      Object.fromEntries(text.split(",").map((v, i) => [head.split(",")[i], v])),
    ]),
  );
  const spectra = readFileSync(caseFile("identify", "xrf_synth_dev_spectra.jsonl"), "utf8")
    .trim()
    .split("\n");
  const result = judged(
    spectra.map((line) => {
      const piece = identify(JSON.parse(line));
      const truth = answers.get(piece.id) ?? {};
      const coat = truth["coating"] ? { coat: truth["coating"], um: Number(truth["coating_um"]) } : {};
      return { kind: truth["kind"] ?? "", wt: (e: string) => Number(truth[e]), ...coat, piece };
    }),
  );
  assert.ok(result.material >= 0.98 && result.coat >= 0.95 && result.thick >= 0.95);
  assert.ok(result.rmse("Nd") <= 0.4 && result.rmse("Pr") <= 0.2 && result.rmse("Dy") <= 0.2);
});
