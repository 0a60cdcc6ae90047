import type { Flags } from "./flags.ts";

/** How a server runs, for whoever audits it: what was chosen, and of secrets only that there are some (Z50). */
export const configurationOf = (flags: Flags): object => ({
  face: "server",
  host: flags.host,
  port: flags.port,
  names: flags.name,
  sign_in: flags["sign-in"],
  sample_people: flags.samplePeople,
  tls: flags.tls !== undefined,
  fips: flags.fips,
  log: flags.log,
  clock_checked: flags["clock-checked"],
  figures: flags.metricsToken !== undefined,
  backups: flags.backups
    ? {
        folder: flags.backups.folder,
        every_hours: flags.backups.every_ms / 3_600_000,
        encrypted: flags.backups.recipient !== undefined,
      }
    : null,
});
