import { readFileSync } from "node:fs";
import { Agent, type IncomingHttpHeaders, type IncomingMessage, request as plainRequest } from "node:http";
import { request as secureRequest, Agent as TlsAgent } from "node:https";
import { getCACertificates } from "node:tls";
import type { Address } from "./address.ts";
import { brokenBy, ServerFault } from "./server-fault.ts";

export interface Sent {
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface Came {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly bytes: Buffer;
}

/** How long is waited, and how much is taken (T16). */
export interface Patience {
  readonly connect_ms: number;
  /** Longer than a server lets a request last. */
  readonly answer_ms: number;
  readonly bytes_max: number;
}
export const PATIENCE: Patience = {
  connect_ms: 10_000,
  answer_ms: 370_000,
  bytes_max: 256 * 1024 * 1024,
};

export interface Exchange {
  /** Sends one request, once. Throws a ServerFault where no whole answer came. */
  send(sent: Sent): Promise<Came>;
  close(): void;
}

/** The machine's authorities, those of NODE_EXTRA_CA_CERTS among them, and a file of one's own. */
function authorities(file: string | undefined) {
  if (file === undefined) return {};
  try {
    return { ca: [...getCACertificates("default"), readFileSync(file, "utf8")] };
  } catch (cause) {
    throw new ServerFault(
      `DIDYM_CA_FILE: ${file} cannot be read (${(cause as NodeJS.ErrnoException).code ?? "unreadable"})`,
    );
  }
}

/** A line to one server. Node's client follows no redirect and keeps no cookie. */
export function exchangeWith(
  address: Address,
  { caFile, patience = PATIENCE }: { readonly caFile: string | undefined; readonly patience?: Patience },
): Exchange {
  const agent = address.secure
    ? new TlsAgent({ keepAlive: true, ...authorities(caFile) })
    : new Agent({ keepAlive: true });
  return {
    send: (sent) => sendOnce({ address, agent, patience }, sent),
    close: () => agent.destroy(),
  };
}

interface Line {
  readonly address: Address;
  readonly agent: Agent;
  readonly patience: Patience;
}

function sendOnce({ address, agent, patience }: Line, sent: Sent): Promise<Came> {
  const { hostname, port, secure, origin } = address;
  const body = sent.body === undefined ? undefined : Buffer.from(sent.body);
  const length = body ? { "content-length": String(body.length) } : {};
  return new Promise((resolve, reject) => {
    const request = (secure ? secureRequest : plainRequest)({
      ...{ agent, hostname, port, method: sent.method, path: sent.path },
      headers: { ...sent.headers, ...length },
    });
    // What ends a request in the middle of its answer is told as a connection that ended: this says why it was.
    let late: ServerFault | undefined;
    const tooLong = (what: string, ms: number) => {
      late = new ServerFault(`${origin}: ${what} within ${Math.ceil(ms / 1000)} s`);
      request.destroy(late);
    };
    let timer = setTimeout(tooLong, patience.connect_ms, "no connection stood", patience.connect_ms);
    const stands = () => {
      clearTimeout(timer);
      timer = setTimeout(tooLong, patience.answer_ms, "no answer came", patience.answer_ms);
    };
    const fail = (cause: Error) => {
      clearTimeout(timer);
      reject(late ?? (cause instanceof ServerFault ? cause : brokenBy(cause, address)));
    };
    request.on("socket", (socket) => {
      if (request.reusedSocket) stands();
      else socket.once(secure ? "secureConnect" : "connect", stands);
    });
    request.on("error", fail);
    request.on("response", (answer) => {
      takeIn(answer, { origin, bytes_max: patience.bytes_max }).then((bytes) => {
        clearTimeout(timer);
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, bytes });
      }, fail);
    });
    request.end(body);
  });
}

async function takeIn(
  answer: IncomingMessage,
  { origin, bytes_max }: { readonly origin: string; readonly bytes_max: number },
): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > bytes_max) {
      answer.destroy();
      throw new ServerFault(`${origin}: the answer is larger than ${bytes_max / 1024 / 1024} MB`);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
