import { done, refuse } from "../../quantity/index.ts";

const LOOPBACK = new Set(["localhost", "127.0.0.1", "[::1]"]);

/**
 * An address that a webhook may have, as it is kept. Plain http is for loopback alone, and whether anything inside may be reached is
 * the operator's to say, when it is reached (Z97). Refuses `webhook_url_refused`.
 */
export function readWebhookUrl(text: string) {
  const wrong = (why: string) => refuse("webhook_url_refused", "url", `a webhook's address ${why}`);
  if (!URL.canParse(text)) return wrong("is a URL, https://…");
  const url = new URL(text);
  if (url.protocol !== "https:" && !(url.protocol === "http:" && LOOPBACK.has(url.hostname)))
    return wrong("is https");
  // They would stand in lists and logs.
  if (url.username !== "" || url.password !== "") return wrong("holds no password");
  if (url.hash !== "") return wrong("has no fragment");
  return done(url.href);
}
