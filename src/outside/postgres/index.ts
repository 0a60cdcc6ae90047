// The PostgreSQL that comes with the installation: start, attach, share.
export { NoPostgres } from "./binaries.ts";
export {
  attachPostgres,
  type PostgresOptions,
  type RunningPostgres,
  sharePostgres,
  startPostgres,
} from "./embedded.ts";
export { DataFolderInUse } from "./folder.ts";
