import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { after } from "node:test";
import { getRequestListener } from "@hono/node-server";
import { createApi } from "../../src/api/index.ts";
import type { Ports } from "../../src/app/core/ports.ts";
import { useCases } from "../../src/app/use-cases.ts";

export interface ServedBooks {
  readonly port: number;
  readonly origin: string;
  /** What was asked, in order: "GET /api/health/live". */
  readonly asked: string[];
  /** What was shown with each. */
  readonly shown: (string | undefined)[];
}

export interface Serving {
  readonly tls?: { readonly cert: string; readonly key: string };
  readonly signInRequired?: boolean;
  /** Answers instead, where it answers anything. */
  readonly instead?: (request: IncomingMessage, answer: ServerResponse) => boolean;
}

/** Books in memory on a socket of loopback, until the tests end. */
export async function serveBooks(ports: Ports, given: Serving = {}): Promise<ServedBooks> {
  const api = createApi({
    ...{ ports, useCases, samplePeople: true },
    signIn: given.signInRequired ? "required" : "offered",
  });
  const listener = getRequestListener(api.fetch);
  const [asked, shown]: [string[], (string | undefined)[]] = [[], []];
  const answer: RequestListener = (request, response) => {
    asked.push(`${request.method} ${request.url?.split("?")[0]}`);
    shown.push(request.headers.authorization);
    if (!given.instead?.(request, response)) void listener(request, response);
  };
  const server = given.tls ? createTlsServer(given.tls, answer) : createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  after(() => {
    server.close();
    server.closeAllConnections();
  });
  const { port } = server.address() as AddressInfo;
  return { port, origin: `${given.tls ? "https" : "http"}://127.0.0.1:${port}`, asked, shown };
}
