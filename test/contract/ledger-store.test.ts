import { memoryStore } from "../../src/store/memory/ledger.ts";
import { postgresLedger } from "../../src/store/postgres-ledger.ts";
import { freshPool } from "../support/database.ts";
import { apply, ids } from "./books.ts";
import { ledgerStoreContract } from "./ledger-store.ts";

ledgerStoreContract("memory", async () => memoryStore(apply, ids));
ledgerStoreContract("postgres", async () => postgresLedger({ pool: await freshPool(), apply, ids }));
