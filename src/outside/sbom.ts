import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** A package as the lockfile (version 3) has it. */
export interface Locked {
  readonly name?: string;
  readonly version?: string;
  readonly license?: string;
  readonly integrity?: string;
  readonly link?: boolean;
  readonly dev?: boolean;
  readonly devOptional?: boolean;
  readonly optional?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}
export interface Lockfile {
  readonly lockfileVersion: number;
  readonly packages: Readonly<Record<string, Locked>>;
}

type License =
  | { readonly license: { readonly id: string } | { readonly name: string } }
  | { readonly expression: string };

interface Component {
  readonly type: "application" | "library";
  readonly "bom-ref": string;
  readonly name: string;
  readonly group?: string;
  readonly version?: string;
  /** What runs, what runs where it fits the machine, what is only developed and tested with. */
  readonly scope?: "required" | "optional" | "excluded";
  readonly hashes?: readonly { readonly alg: string; readonly content: string }[];
  readonly licenses?: readonly License[];
  readonly purl?: string;
}

/** CycloneDX 1.6 (ECMA-424), as far as a lockfile knows what to say. */
export interface Bom {
  readonly bomFormat: "CycloneDX";
  readonly specVersion: "1.6";
  readonly serialNumber: string;
  readonly version: 1;
  readonly metadata: {
    readonly component: Component;
    readonly tools: { readonly components: readonly object[] };
  };
  readonly components: readonly Component[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[];
}

const FOLDER = "node_modules/";

/** What this installation is made of, from the lockfile it was installed by; the same lockfile gives the same bytes. */
export function sbomOf(
  lock: Lockfile,
  {
    version,
    licenseIn = () => undefined,
  }: { version: string; licenseIn?: (path: string) => string | undefined },
): Bom {
  const { packages } = lock;
  const root = packages[""] ?? {};
  const installed = packagesIn(lock);
  const own: Component = {
    ...{ type: "application", "bom-ref": "didym", name: root.name ?? "didym", version },
    licenses: [licenseOf(root.license ?? "")].flatMap((one) => one ?? []),
  };
  return {
    ...{ bomFormat: "CycloneDX", specVersion: "1.6", serialNumber: serialOf(lock), version: 1 },
    metadata: {
      component: own,
      tools: { components: [{ type: "application", name: "didym trust sbom", version }] },
    },
    components: installed.map(({ path, locked }) => componentOf(path, locked, licenseIn)),
    dependencies: [
      { ref: own["bom-ref"], dependsOn: wantedBy("", packages) },
      ...installed.map(({ path }) => ({ ref: path, dependsOn: wantedBy(path, packages) })),
    ],
  };
}

/** The packages of others, by their places. */
export const packagesIn = ({ packages }: Lockfile): { readonly path: string; readonly locked: Locked }[] =>
  Object.entries(packages)
    .filter(([path, locked]) => path.includes(FOLDER) && !locked.link)
    .map(([path, locked]) => ({ path, locked }))
    .toSorted((a, b) => (a.path < b.path ? -1 : 1));

export const nameAt = (path: string, locked: Locked): string =>
  locked.name ?? path.slice(path.lastIndexOf(FOLDER) + FOLDER.length);

/** Whether it is more than developed and tested with. */
export const runs = (locked: Locked): boolean => !(locked.dev || locked.devOptional);

/** A UUID of the lockfile's digest: of its own content and no machine's. */
function serialOf(lock: Lockfile): string {
  const hex = createHash("sha256").update(JSON.stringify(lock.packages)).digest("hex");
  const parts = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ];
  return `urn:uuid:${parts.join("-")}`;
}

function componentOf(
  path: string,
  locked: Locked,
  licenseIn: (path: string) => string | undefined,
): Component {
  const full = nameAt(path, locked);
  const [group, name] = full.startsWith("@") ? (full.split("/") as [string, string]) : [undefined, full];
  const license = licenseOf(locked.license ?? licenseIn(path) ?? "");
  const { version, integrity } = locked;
  const encoded = group === undefined ? name : `${encodeURIComponent(group)}/${name}`;
  return {
    ...{ type: "library", "bom-ref": path, ...(group === undefined ? {} : { group }), name },
    ...(version === undefined ? {} : { version, purl: `pkg:npm/${encoded}@${encodeURIComponent(version)}` }),
    scope: runs(locked) ? (locked.optional ? "optional" : "required") : "excluded",
    ...(integrity === undefined ? {} : { hashes: integrity.split(" ").map(hashOf) }),
    ...(license === undefined ? {} : { licenses: [license] }),
  };
}

const ALGORITHMS: ReadonlyMap<string, string> = new Map([
  ["sha1", "SHA-1"],
  ["sha256", "SHA-256"],
  ["sha384", "SHA-384"],
  ["sha512", "SHA-512"],
]);

/** Subresource integrity in the words of CycloneDX. */
function hashOf(integrity: string): { alg: string; content: string } {
  const dash = integrity.indexOf("-");
  const alg = ALGORITHMS.get(integrity.slice(0, dash));
  if (alg === undefined) throw new Error(`an integrity of the lockfile cannot be read: ${integrity}`);
  return { alg, content: Buffer.from(integrity.slice(dash + 1), "base64").toString("hex") };
}

/** An SPDX id, an SPDX expression, or what its author wrote instead. */
function licenseOf(stated: string): License | undefined {
  const text = stated.trim();
  if (text === "") return undefined;
  if (/^SEE LICEN[CS]E IN |^UNLICENSED$/i.test(text)) return { license: { name: text } };
  if (/\s(?:OR|AND|WITH)\s/.test(text)) return { expression: text.replace(/^\((.*)\)$/, "$1") };
  return /^[A-Za-z0-9.+-]+$/.test(text) ? { license: { id: text } } : { license: { name: text } };
}

/** What a package finds under each name it asks for, as Node looks: in its own folder first, then in those around it. */
function wantedBy(path: string, packages: Lockfile["packages"]): string[] {
  const of = packages[path] ?? {};
  const wanted = { ...of.dependencies, ...of.optionalDependencies, ...of.peerDependencies };
  const names = Object.keys(path === "" ? { ...wanted, ...of.devDependencies } : wanted);
  return [...new Set(names.flatMap((name) => foundFrom(path, name, packages) ?? []))].sort();
}

function foundFrom(path: string, name: string, packages: Lockfile["packages"]): string | undefined {
  for (let around: string | undefined = path; around !== undefined; ) {
    const place: string = `${around === "" ? "" : `${around}/`}${FOLDER}${name}`;
    if (packages[place] && !packages[place].link) return place;
    const end: number = around.lastIndexOf(`/${FOLDER}`);
    around = around === "" ? undefined : end < 0 ? "" : around.slice(0, end);
  }
  return undefined;
}

export const lockfileIn = (folder: string): Lockfile =>
  JSON.parse(readFileSync(join(folder, "package-lock.json"), "utf8"));

/** Of the checkout in a folder. */
export function sbomIn(folder: string, version: string): Bom {
  return sbomOf(lockfileIn(folder), { version, licenseIn: (path) => licenseInstalled(join(folder, path)) });
}

/** Some packages tell the lockfile nothing; their own file may. */
export function licenseInstalled(folder: string): string | undefined {
  try {
    const { license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as {
      license?: unknown;
    };
    return typeof license === "string" ? license : undefined;
  } catch {
    // Not installed here: what is not known is left out, and an SBOM without a licence says so by that.
    return undefined;
  }
}
