import type { FormFactor } from "../classify/classes.ts";
import { digitsOf, template } from "./look-alikes.ts";

/** What a drive maker's model number says by its own numbering scheme. */
export interface DriveReading {
  readonly kind: "hdd" | "ssd";
  readonly maker: string;
  readonly form_factor: FormFactor | null;
  readonly capacity_bytes: number | null;
  readonly sas: boolean;
}

interface Scheme {
  readonly maker: string;
  readonly kind: "hdd" | "ssd";
  /** `#` is a digit or what a scanner makes of one. */
  readonly pattern: string;
  readonly form_factor?: FormFactor | ((m: readonly string[]) => FormFactor | null);
  /** Capacity in GB from the captured groups. */
  readonly size_GB?: (m: readonly string[]) => number;
  readonly sas?: boolean;
}

const n = (text: string | undefined): number => Number(digitsOf(text ?? ""));
const first_GB = (m: readonly string[]): number => n(m[1]);
const tens_GB = (m: readonly string[]): number => n(m[1]) * 10;

/** Sizes solid-state drives are sold in; the longest that ends the digits is the size, what is before it is series. */
const SSD_SIZES_GB = [
  30720, 15360, 7680, 6400, 3840, 3200, 2000, 1920, 1600, 1200, 1024, 1000, 960, 800, 512, 500, 480, 400, 256,
  250, 240, 200, 180, 160, 128, 120, 100, 80, 64, 60, 40, 32, 30, 16, 8,
];
function ssdSize_GB(text: string): number {
  const digits = digitsOf(text);
  return SSD_SIZES_GB.find((size) => digits.endsWith(String(size))) ?? 0;
}
/** "1T9" is 1.9 TB, "16T" 16 TB, "480" 480 GB. */
const tera_GB = (m: readonly string[]): number =>
  m[1]?.includes("T") ? Number(m[1].split("T").map(digitsOf).join(".")) * 1000 : ssdSize_GB(m[1] ?? "");

/** Western Digital: two or three digits count tenths of a TB, four count tenths of a GB unless the letters start with F. */
function wd_GB(m: readonly string[]): number {
  const digits = digitsOf(m[1] ?? "");
  const letters = m[2] ?? "";
  const size = Number(digits);
  if (digits.length === 2) return size === 0 ? 0 : Math.floor(size) * 100;
  if (digits.length === 3)
    return letters.length >= 4 && /^[EFPKV]/.test(letters) ? Math.floor(size / 10) * 1000 : size / 10;
  if (/^F/.test(letters)) return Math.floor(size / 100) * 100;
  return /^[CD]/.test(letters) && size === 1000 ? 1000 : Math.floor(size / 100) * 10;
}
const wdForm = (m: readonly string[]): FormFactor =>
  /^[BLJSMNTC]...|^[BLJSMNTC][A-Z]VT|^UE/.test(m[2] ?? "") ? "2.5in" : "3.5in";

/** Hitachi and HGST: speed, largest capacity of the series, capacity; 10 to 60 in a TB series count tenths of a TB. */
function hgst_GB(m: readonly string[]): number {
  const series = n(m[1]);
  const size = n(m[2]);
  if ([10, 20, 30, 40, 60].includes(series) && size <= series && size % 10 === 0) return size * 100;
  return size >= 80 || size < 10 ? size : size === 40 || size === 60 ? size : size * 10;
}
const helium_GB = (m: readonly string[]): number => (n(m[1]) >= 40 ? n(m[1]) * 100 : n(m[1]) * 1000);
/** Toshiba desktop: the last two digits count tenths of a TB; a letter there counts whole TB from A = 10, without I. */
const hdw_GB = (m: readonly string[]): number => {
  const last = "ABCDEFGHJKLMN".indexOf(m[2] ?? "");
  return last >= 0 && !/[OISBZ]/.test(m[2] ?? "") ? (10 + last) * 1000 : n(m[1]) * 1000 + n(m[2]) * 100;
};
/** Samsung: two digits of value and one of magnitude, or three of value in the early ones. */
function spinpoint_GB(m: readonly string[]): number {
  const value = n(m[1]?.slice(0, 2));
  const last = digitsOf(m[1]?.slice(2) ?? "");
  return value <= 20 && /[345]/.test(last) && value % 5 === 0 ? value * 100 : value * 10;
}
const mk_GB = (m: readonly string[]): number =>
  n(m[1]) === 80 || n(m[1]) === 60 || n(m[1]) === 40 ? n(m[1]) : n(m[1]) * 10;
const seagateForm = (m: readonly string[]): FormFactor => {
  if (/^(L[MTX]|M[MPX]|NX)/.test(m[2] ?? "")) return "2.5in";
  return "3.5in";
};

// Read from the makers' public model-number guides and checked against reported drives; facts in our own words.
const SCHEMES: readonly Scheme[] = [
  {
    maker: "HP",
    kind: "ssd",
    pattern: "^(?:MK(?=.{4,6}[A-Z]{5})|VK|VO|MO|EO|LK|TK|MT|XP|VR|VS|LO)(#{6}|#{4})[EFGJKP][A-Z]{3,4}",
    size_GB: first_GB,
  },
  { maker: "SEAGATE", kind: "ssd", pattern: "^ST(#{2,4})F[NMX]#", form_factor: "2.5in", size_GB: first_GB },
  { maker: "SEAGATE", kind: "ssd", pattern: "^X[APFS](#{2,5})[A-Z]{2}[0-9A-Z]+$", size_GB: first_GB },
  {
    maker: "SEAGATE",
    kind: "hdd",
    pattern: "^ST(#{2,5})(M[MP])#",
    form_factor: "2.5in",
    size_GB: first_GB,
    sas: true,
  },
  {
    maker: "SEAGATE",
    kind: "hdd",
    pattern: "^ST(#{2,5})(DM|NM|VX|VN|VM|VE|LM|LX|LT|DX|DL|NX|NC|NE|NT|AS|NS|SV|VS|HM|MX|KM)#",
    form_factor: seagateForm,
    size_GB: first_GB,
  },
  {
    maker: "SEAGATE",
    kind: "hdd",
    pattern: "^ST3(#{1,4})#{3}(SS|FC|LW|LC|FCV|SSV|GLC)$",
    form_factor: "3.5in",
    size_GB: first_GB,
    sas: true,
  },
  {
    maker: "SEAGATE",
    kind: "hdd",
    pattern: "^ST9(#{1,4})#{3}(SS|FC)$",
    form_factor: "2.5in",
    size_GB: first_GB,
    sas: true,
  },
  {
    maker: "SEAGATE",
    kind: "hdd",
    pattern: "^ST3(#{1,4})#{3}[A-Z]{1,3}$",
    form_factor: "3.5in",
    size_GB: first_GB,
  },
  {
    maker: "SEAGATE",
    kind: "hdd",
    pattern: "^ST9(#{1,4})#{3}[A-Z]{1,3}$",
    form_factor: "2.5in",
    size_GB: first_GB,
  },
  {
    maker: "MAXTOR",
    kind: "hdd",
    pattern: "^STM3(#{2,4})#{3}[A-Z]{1,3}$",
    form_factor: "3.5in",
    size_GB: first_GB,
  },
  {
    maker: "WDC",
    kind: "ssd",
    pattern: "^WDS(#{3})(T|G)",
    size_GB: (m) => (m[2] === "T" ? n(m[1]) * 10 : n(m[1])),
  },
  { maker: "WDC", kind: "ssd", pattern: "^WDBN|^WUS[34]C|^WDCSN" },
  {
    maker: "WDC",
    kind: "hdd",
    pattern: "^WD(#{4})(BK|HK|BH|CK)[HG]G",
    form_factor: "2.5in",
    size_GB: (m) => Math.floor(n(m[1]) / 100) * 10,
    sas: true,
  },
  {
    maker: "WDC",
    kind: "hdd",
    pattern: "^WD(#{2,4})([ACDEFHJKLMNPSTUVZ][A-Z]{3}|B[A-Z]{3}|F9YZ|[A-Z]{2})$",
    form_factor: wdForm,
    size_GB: wd_GB,
  },
  {
    maker: "HGST",
    kind: "hdd",
    pattern: "^H[TC][SECA][457]#(##)(##)[A-Z0-9]*$",
    form_factor: "2.5in",
    size_GB: hgst_GB,
  },
  {
    maker: "HGST",
    kind: "hdd",
    pattern: "^HUH7#(##)(##)",
    form_factor: "3.5in",
    size_GB: (m) => helium_GB(["", m[2] ?? ""]),
  },
  {
    maker: "HGST",
    kind: "hdd",
    pattern: "^W[US][HS]7#(##)(##)",
    form_factor: "3.5in",
    size_GB: (m) => helium_GB(["", m[2] ?? ""]),
  },
  {
    maker: "HGST",
    kind: "hdd",
    pattern: "^HU[SH]7##T(#{1,2})T",
    form_factor: "3.5in",
    size_GB: (m) => n(m[1]) * 1000,
  },
  { maker: "HGST", kind: "hdd", pattern: "^HU[CS]1[05]#*[A-Z]+", form_factor: "2.5in", sas: true },
  { maker: "HGST", kind: "ssd", pattern: "^HU[SM]M[MR]|^HUSTR|^HUSPR", sas: true },
  {
    maker: "HGST",
    kind: "hdd",
    pattern: "^H[DU][SATPEN](?:7#|5C)(##)(##)[A-Z0-9]*$",
    form_factor: "3.5in",
    size_GB: hgst_GB,
  },
  { maker: "IBM", kind: "hdd", pattern: "^IC25[A-Z](#{3})", form_factor: "2.5in", size_GB: first_GB },
  { maker: "IBM", kind: "hdd", pattern: "^IC35[A-Z](#{3})", form_factor: "3.5in", size_GB: first_GB },
  { maker: "IBM", kind: "hdd", pattern: "^D(?:BCA|JSA|ARA|ADA|CXA|KLA|YLA)$", form_factor: "2.5in" },
  { maker: "IBM", kind: "hdd", pattern: "^D(?:TLA|PTA|JNA|TTA|HEA)$", form_factor: "3.5in" },
  {
    maker: "TOSHIBA",
    kind: "hdd",
    pattern: "^(?:M[GDCN]|DT)##(?:ACA|ADA|AFA|SCA)(#{2}T)",
    form_factor: "3.5in",
    size_GB: tera_GB,
  },
  {
    maker: "TOSHIBA",
    kind: "hdd",
    pattern: "^(?:M[GDCN]|DT)##(?:ACA|ABA|ADA|AFA)(#{3})",
    form_factor: "3.5in",
    size_GB: tens_GB,
  },
  {
    maker: "TOSHIBA",
    kind: "hdd",
    pattern: "^M[QK]##[AU][BC][CDFBUSX](#{3})",
    form_factor: "2.5in",
    size_GB: tens_GB,
  },
  {
    maker: "TOSHIBA",
    kind: "hdd",
    pattern: "^(?:AL1[345]|MBF|MBD|MBC)S?[A-Z]*#*",
    form_factor: "2.5in",
    sas: true,
  },
  {
    maker: "TOSHIBA",
    kind: "hdd",
    pattern: "^MK(##)##G[A-Z]{2,3}[A-Z0-9]?$",
    form_factor: "2.5in",
    size_GB: mk_GB,
  },
  {
    maker: "TOSHIBA",
    kind: "hdd",
    pattern: "^MK##(?:##G?A[CSTX][A-Z]?$|##TSK)",
    form_factor: (m) => (m[0]?.endsWith("TSK") ? "3.5in" : "2.5in"),
  },
  {
    maker: "TOSHIBA",
    kind: "hdd",
    pattern: "^HDW[LJK][A-Z]?#(\\w)(\\w)",
    form_factor: "2.5in",
    size_GB: hdw_GB,
  },
  { maker: "TOSHIBA", kind: "hdd", pattern: "^HDW[A-Z]#(\\w)(\\w)", form_factor: "3.5in", size_GB: hdw_GB },
  { maker: "TOSHIBA", kind: "ssd", pattern: "^THNS[A-Z]*(#{3,4})G", size_GB: first_GB },
  {
    maker: "TOSHIBA",
    kind: "ssd",
    pattern: "^K[XBC][GD]#[A-Z0-9]*?(#{3}G|#T#)",
    size_GB: (m) => tera_GB(["", (m[1] ?? "").replace("G", "")]),
  },
  { maker: "TOSHIBA", kind: "ssd", pattern: "^P[XM]0#[A-Z]+", sas: true },
  {
    maker: "FUJITSU",
    kind: "hdd",
    pattern: "^M[HJ][AZVWYTSR]2(#{3})[A-Z]{2}",
    form_factor: "2.5in",
    size_GB: first_GB,
  },
  {
    maker: "FUJITSU",
    kind: "hdd",
    pattern: "^MP[A-G]3(#{3})[A-Z]{2}",
    form_factor: "3.5in",
    size_GB: (m) => n(m[1]) / 10,
  },
  {
    maker: "SAMSUNG",
    kind: "hdd",
    pattern: "^H[DE](#{3})[A-Z]{2}$",
    form_factor: "3.5in",
    size_GB: spinpoint_GB,
  },
  {
    maker: "SAMSUNG",
    kind: "hdd",
    pattern: "^SP(##)##[A-Z]$",
    form_factor: "3.5in",
    size_GB: (m) => (n(m[1]) < 10 ? n(m[1]) * 10 : n(m[1]) * 10),
  },
  {
    maker: "SAMSUNG",
    kind: "hdd",
    pattern: "^HM(#{3})[A-Z]{2}$",
    form_factor: "2.5in",
    size_GB: (m) => n(m[1]?.slice(0, 2)) * 10,
  },
  {
    maker: "SAMSUNG",
    kind: "hdd",
    pattern: "^M(#{3})M[A-Z]{2}$",
    form_factor: "2.5in",
    size_GB: (m) => (n(m[1]) === 101 ? 1000 : n(m[1])),
  },
  { maker: "SAMSUNG", kind: "ssd", pattern: "^M[ZM][A-Z0-9]{2,4}?(#{3}|#T#|##T)H[A-Z]", size_GB: tera_GB },
  { maker: "SAMSUNG", kind: "ssd", pattern: "^MZ[0-9A-Z]{2,}" },
  {
    maker: "MAXTOR",
    kind: "hdd",
    pattern: "^[67][A-Z](#{3})[A-Z]#$",
    form_factor: "3.5in",
    size_GB: first_GB,
  },
  {
    maker: "HP",
    kind: "hdd",
    pattern: "^(?:EG|EH|EF|DG|DF|DH)(#{4})[A-Z]{2,5}",
    form_factor: "2.5in",
    size_GB: first_GB,
    sas: true,
  },
  {
    maker: "HP",
    kind: "hdd",
    pattern: "^(?:MB|GB|VB|MM|GJ)(#{4}|#{6})[A-Z][0-9A-Z]{3,4}$",
    size_GB: first_GB,
    form_factor: (m) => (n(m[1]) >= 2000 ? "3.5in" : null),
  },
  {
    maker: "INTEL",
    kind: "ssd",
    pattern: "^SSD(?:PE|PF|PD|SC)[0-9A-Z]*?(?:#|[A-Z])(#{3})T[0-9A-Z]",
    size_GB: (m) => n(m[1]) * 100,
  },
  {
    maker: "INTEL",
    kind: "ssd",
    pattern: "^SSD(?:S[CA]|P[EFDAC]|MC|SA)[0-9A-Z]*?[A-Z](#{2,4})[GHT]",
    size_GB: first_GB,
  },
  { maker: "MICRON", kind: "ssd", pattern: "^MTFD[A-Z]{3}(#T#|#{2,4})", size_GB: tera_GB },
  { maker: "CRUCIAL", kind: "ssd", pattern: "^CT(#{2,4})[A-Z]", size_GB: first_GB },
  {
    maker: "KINGSTON",
    kind: "ssd",
    pattern: "^S[AVUKHNFSE][A-Z0-9]*?(#{2,5})G$",
    size_GB: (m) => ssdSize_GB(m[1] ?? ""),
  },
  { maker: "SANDISK", kind: "ssd", pattern: "^SD[5-9A][A-Z]{2}[A-Z0-9]*?M?(#{3})G", size_GB: first_GB },
  { maker: "SANDISK", kind: "ssd", pattern: "^SDSS[DX]|^SD[5-9]S" },
  { maker: "HYNIX", kind: "ssd", pattern: "^HF[SM](#{3})G", size_GB: first_GB },
  { maker: "HYNIX", kind: "ssd", pattern: "^HF[SM](#T#)", size_GB: tera_GB },
  { maker: "HYNIX", kind: "ssd", pattern: "^SHG[SP]|^PC[46]01" },
  {
    maker: "TRANSCEND",
    kind: "ssd",
    pattern: "^TS(#{1,4})G(?:SSD|MTS|MSA|MTE|PSD|CF|MSM)",
    size_GB: first_GB,
  },
  { maker: "TRANSCEND", kind: "ssd", pattern: "^TS(#)T(?:SSD|MTS|MTE)", size_GB: (m) => n(m[1]) * 1000 },
  { maker: "LITEON", kind: "ssd", pattern: "^(?:LCH|LCS|LCT|CV#|L#H|LGH|LMH|ECE|PH#)(?:[A-Z0-9]*)$" },
  { maker: "GOODRAM", kind: "ssd", pattern: "^SSDPR" },
];

const COMPILED = SCHEMES.map((scheme) => ({
  ...scheme,
  strict: new RegExp(scheme.pattern.replaceAll("#", "[0-9]")),
  loose: template(scheme.pattern),
}));

/** Reads a model number from the words of a line, or nothing when no scheme fits. Words are upper case. */
export function readDriveModel(words: readonly string[]): DriveReading | null {
  const long = words.filter((word) => word.length >= 4 && word.length <= 40);
  return readBy(long, "strict") ?? readBy(long, "loose");
}

function readBy(words: readonly string[], how: "strict" | "loose"): DriveReading | null {
  for (const word of words) {
    for (const scheme of COMPILED) {
      const m = scheme[how].exec(word);
      if (!m) continue;
      const size = scheme.size_GB?.(m) ?? 0;
      const form = scheme.form_factor;
      return {
        kind: scheme.kind,
        maker: scheme.maker,
        form_factor: typeof form === "function" ? form(m) : (form ?? null),
        capacity_bytes: Number.isFinite(size) && size > 0 && size <= 100_000 ? size * 1e9 : null,
        sas: scheme.sas ?? false,
      };
    }
  }
  return null;
}
