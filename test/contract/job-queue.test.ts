import { postgresQueue } from "../../src/store/job-queue.ts";
import { memoryQueue } from "../../src/store/memory/job-queue.ts";
import { freshPool } from "../support/database.ts";
import { jobQueueContract } from "./job-queue.ts";

jobQueueContract("memory", async () => memoryQueue());
jobQueueContract("postgres", async () => postgresQueue(await freshPool()));
