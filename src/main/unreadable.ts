import type { Server } from "node:http";
import type { Duplex } from "node:stream";
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

/** What the parser cannot read gets the same form of answer as everything else (RFC 9457), and its connection ends. */
export function answerUnreadable(server: Server): void {
  server.on("clientError", (error: NodeJS.ErrnoException, socket: Duplex) => {
    if (error.code === "ECONNRESET" || !socket.writable) return socket.destroy();
    const { status, code, detail } = BY_CODE[error.code ?? ""] ?? MALFORMED;
    const [number] = status.split(" ");
    const body = JSON.stringify({
      ...{ type: `urn:didym:refusal:${code}`, title: code.replaceAll("_", " "), status: Number(number) },
      ...{ detail, code, at: "request" },
    });
    socket.end(
      `HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Type: application/problem+json\r\n` +
        `Cache-Control: no-store\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    );
  });
}
