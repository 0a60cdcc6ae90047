import type { Database } from "./ports.ts";

const say = (line: string) => process.stderr.write(`didym: ${line}\n`);

/** Opens the books for one piece of work on the command line and closes them after it, whatever happens. */
export async function withDatabase<T>(
  dataDir: string | undefined,
  work: (database: Database) => Promise<T>,
): Promise<T> {
  // Loaded late, so that a calculation does not wait for the database's code.
  const { openDatabase } = await import("./ports.ts");
  const database = await openDatabase({ dataDir, log: say, share: true });
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}
