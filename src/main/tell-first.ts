import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { offerFirst } from "../app/trust/first.ts";
import { type Flags, isLoopback } from "./flags.ts";
import { type Database, portsOn } from "./ports.ts";

/** By which name a browser reaches this server: a passkey belongs to a name, never to an address. */
export function addressOf({ tls, host, name }: Pick<Flags, "tls" | "host" | "name">, port: number): string {
  const [first] = name;
  // Whoever serves under a name either has its certificate or stands behind who has.
  if (first !== undefined) return tls ? `https://${first}:${port}` : `https://${first}`;
  const named = isLoopback(host) ? "localhost" : host.includes(":") ? `[${host}]` : host;
  return `${tls ? "https" : "http"}://${named}:${port}`;
}

/**
 * Where nobody can sign in yet, the link for the first administrator. To who started the server, on its terminal, and not to the
 * log, which holds nothing that lets anybody in.
 */
export async function tellFirst(
  flags: Pick<Flags, "tls" | "host" | "name">,
  server: Server,
  { pool, sealing }: Database,
): Promise<void> {
  const link = await offerFirst(portsOn(pool, undefined, sealing));
  if (link === undefined) return;
  const { port } = server.address() as AddressInfo;
  process.stdout.write(
    `Nobody can sign in yet. For a day, this makes the first administrator, once:\n${addressOf(flags, port)}${link}\n`,
  );
}
