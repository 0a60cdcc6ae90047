import { memoryStore } from "../../src/store/memory/ledger.ts";
import { postgresLedger } from "../../src/store/postgres-ledger.ts";
import { quietPool } from "../support/quiet-pool.ts";
import { apply, ids } from "./books.ts";
import { ledgerStoreContract } from "./ledger-store.ts";

ledgerStoreContract("memory", async () => memoryStore(apply, ids));
ledgerStoreContract("postgres", async () => postgresLedger({ pool: await quietPool(), apply, ids }));
