import type { Server } from "node:http";
import type { Duplex } from "node:stream";
import { RequestError } from "@hono/node-server";
import { type Ended, unreadableEnded } from "../api/ended.ts";
import { table } from "../quantity/index.ts";

interface Said {
  readonly status: string;
  readonly code: string;
  readonly detail: string;
}

const BY_CODE: Readonly<Record<string, Said>> = table({
  HPE_HEADER_OVERFLOW: {
    status: "431 Request Header Fields Too Large",
    code: "headers_too_large",
    detail: "the headers of a request are at most 16 kB together",
  },
  ERR_HTTP_REQUEST_TIMEOUT: {
    status: "408 Request Timeout",
    code: "too_slow",
    detail: "the request did not come within its time",
  },
});
const MALFORMED: Said = {
  status: "400 Bad Request",
  code: "request_malformed",
  detail: "this is no HTTP request that can be read",
};

const FAULT: Said = {
  status: "500 Internal Server Error",
  code: "fault",
  detail: "something broke on our side; what was asked for was not done",
};

/** Told of what ends before a route sees it. */
export interface Told {
  readonly onEnded: (ended: Ended) => void;
  readonly onFault: (error: Error, request_id: string) => void;
}

/** What is HTTP and yet no request that has an address, and what breaks where no route could catch it. */
export const answerOutside =
  ({ onEnded, onFault }: Told) =>
  (error: unknown): Response => {
    const said = error instanceof RequestError ? MALFORMED : FAULT;
    const { ended, headers, body } = ending(said);
    if (said === FAULT) onFault(error instanceof Error ? error : new Error(), ended.request_id);
    onEnded(ended);
    return new Response(body, { status: ended.status, headers });
  };

/** What the parser cannot read gets the same form of answer as everything else (RFC 9457), and its connection ends. */
export function answerUnreadable(server: Server, { onEnded }: Pick<Told, "onEnded">): void {
  server.on("clientError", (error: NodeJS.ErrnoException, socket: Duplex) => {
    if (error.code === "ECONNRESET" || !socket.writable) return socket.destroy();
    const said = BY_CODE[error.code ?? ""] ?? MALFORMED;
    const { ended, headers, body } = ending(said);
    // What ended in its middle is told by the route it came to, or asked for nothing yet.
    if (error.code !== "HPE_INVALID_EOF_STATE") onEnded(ended);
    const lines = Object.entries({
      ...{ ...headers, connection: "close" },
      "content-length": Buffer.byteLength(body),
    }).map(([name, value]) => `${name}: ${value}\r\n`);
    socket.end(`HTTP/1.1 ${said.status}\r\n${lines.join("")}\r\n${body}`);
  });
}

function ending({ status: line, code, detail }: Said) {
  const status = Number(line.split(" ")[0]);
  const ended = unreadableEnded(status, code);
  const { request_id } = ended;
  const problem = {
    ...{ type: `urn:didym:refusal:${code}`, title: code.replaceAll("_", " "), status },
    ...{ detail, code, at: "request", ...(status === 500 ? { request_id } : {}) },
  };
  const headers = {
    ...{ "content-type": "application/problem+json", "cache-control": "no-store" },
    "request-id": request_id,
  };
  return { ended, headers, body: JSON.stringify(problem) };
}
