import { createHmac } from "node:crypto";
import { type LookupAddress, lookup as lookUp } from "node:dns";
import { request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";
import { isIP, type LookupFunction } from "node:net";
import type { Post, Tried } from "../app/notices/deliver.ts";
import { isPublicAddress } from "./public-address.ts";

/** From the first step to the head of the answer. */
const WHOLE_MS = 10_000;
/** What an operator reads of a failure; what the other side sent is no part of it. */
const WHY_MAX = 200;

class Inside extends Error {}
const insideAt = (host: string) =>
  new Inside(`${host} is an address inside, which no webhook may reach here`);

/** Looks a host up, and refuses it where any of its addresses is not public: what is connected to is what was looked at. */
const lookUpPublic: LookupFunction = (host, options, answer) => {
  lookUp(host, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
    if (error) return answer(error, "");
    if (addresses.length === 0 || addresses.some(({ address }) => !isPublicAddress(address)))
      return answer(insideAt(host), "");
    const [first] = addresses;
    if (options.all) answer(null, addresses);
    else answer(null, first?.address ?? "", first?.family);
  });
};

/** By Standard Webhooks 1.0: HMAC-SHA256 over id, seconds and body. */
export const signatureOf = (
  secret: Uint8Array,
  { id, seconds, body }: { readonly id: string; readonly seconds: number; readonly body: string },
): string => `v1,${createHmac("sha256", secret).update(`${id}.${seconds}.${body}`).digest("base64")}`;

/**
 * Sends signed messages to webhooks (Z97, Z98): each on a connection of its own, no redirect followed, nothing read of the answer but
 * its status. With `inside`, addresses that are not public may be reached, and plain http.
 */
export function webhookPost({ inside }: { readonly inside: boolean }): Post {
  return ({ url: text, secret }, { id, at, body }) => {
    const url = new URL(text);
    if (!inside) {
      const host = url.hostname.replace(/^\[|\]$/g, "");
      if (url.protocol !== "https:") return Promise.resolve(failed("plain http is for addresses inside"));
      // An address is not looked up.
      if (isIP(host) && !isPublicAddress(host)) return Promise.resolve(failed(insideAt(host).message));
    }
    const seconds = Math.floor(Date.parse(at) / 1000);
    const request = url.protocol === "https:" ? httpsRequest : httpRequest;
    return new Promise<Tried>((resolve) => {
      const sending = request(url, {
        method: "POST",
        agent: false,
        signal: AbortSignal.timeout(WHOLE_MS),
        ...(inside ? {} : { lookup: lookUpPublic }),
        headers: {
          "content-type": "application/json",
          "content-length": Buffer.byteLength(body),
          "user-agent": "Didym",
          "webhook-id": id,
          "webhook-timestamp": String(seconds),
          "webhook-signature": signatureOf(secret, { id, seconds, body }),
        },
      });
      sending.on("response", (response) => {
        const { statusCode: status = 0 } = response;
        response.destroy();
        resolve(outcomeOf(status));
      });
      sending.on("error", (error: NodeJS.ErrnoException) => resolve(failed(whyOf(error))));
      sending.end(body);
    });
  };
}

const failed = (why: string): Tried => ({ ok: false, why: why.slice(0, WHY_MAX) });

function outcomeOf(status: number): Tried {
  if (status >= 200 && status < 300) return { ok: true };
  if (status === 410) return { ok: false, why: "it answered 410", gone: true };
  return failed(
    status >= 300 && status < 400
      ? `it answered ${status}; redirects are not followed`
      : `it answered ${status}`,
  );
}

function whyOf(error: NodeJS.ErrnoException): string {
  if (error instanceof Inside) return error.message;
  if (error.name === "TimeoutError" || error.name === "AbortError")
    return "it did not answer within ten seconds";
  return `it could not be reached: ${error.code ?? error.message}`;
}
