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
  readonly onFault: (error: Error) => void;
}

/** What is HTTP and yet no request that has an address, and what breaks where no route could catch it. */
export const answerOutside =
  ({ onEnded, onFault }: Told) =>
  (error: unknown): Response => {
    const said = error instanceof RequestError ? MALFORMED : FAULT;
    const { status, body } = problemOf(said);
    if (said === FAULT) onFault(error instanceof Error ? error : new Error());
    onEnded(unreadableEnded(status, said.code));
    const headers = { "content-type": "application/problem+json", "cache-control": "no-store" };
    return new Response(body, { status, headers });
  };

function problemOf({ status: line, code, detail }: Said) {
  const status = Number(line.split(" ")[0]);
  const type = `urn:didym:refusal:${code}`;
  const body = JSON.stringify({
    ...{ type, title: code.replaceAll("_", " "), status, detail, code, at: "request" },
  });
  return { status, body };
}

/** What the parser cannot read gets the same form of answer as everything else (RFC 9457), and its connection ends. */
export function answerUnreadable(server: Server, { onEnded }: Pick<Told, "onEnded">): void {
  server.on("clientError", (error: NodeJS.ErrnoException, socket: Duplex) => {
    if (error.code === "ECONNRESET" || !socket.writable) return socket.destroy();
    const said = BY_CODE[error.code ?? ""] ?? MALFORMED;
    const { status, body } = problemOf(said);
    onEnded(unreadableEnded(status, said.code));
    socket.end(
      `HTTP/1.1 ${said.status}\r\nConnection: close\r\nContent-Type: application/problem+json\r\n` +
        `Cache-Control: no-store\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    );
  });
}
