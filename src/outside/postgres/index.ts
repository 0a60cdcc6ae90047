// The PostgreSQL that comes with the installation: start, attach, stop.
export { NoPostgres } from "./binaries.ts";
export { attachPostgres, type PostgresOptions, type RunningPostgres, startPostgres } from "./embedded.ts";
export { DataFolderInUse } from "./folder.ts";
