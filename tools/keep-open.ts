// Keeps the database of a data folder up until standard input ends, so that many calls of `didym` on it are quick:
// each would start it and stop it again. `node tools/keep-open.ts DATA_DIR`
import { sharePostgres } from "../src/outside/postgres/index.ts";

const [dataDir] = process.argv.slice(2);
if (dataDir === undefined) throw new Error("name the data folder");
const server = await sharePostgres({ dataDir, log: () => {} });
console.log("open");
process.stdin.resume();
process.stdin.on("end", () => void server.stop());
