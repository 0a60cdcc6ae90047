// The worker that opens the floor's pages without a connection. It is a script of its own, beside the hashed assets.

/** What this file uses of a worker's global scope; the library of types for pages does not have it. */
interface Scope {
  readonly clients: { claim(): Promise<void> };
  skipWaiting(): Promise<void>;
  addEventListener(type: "install" | "activate", listener: (event: Lasting) => void): void;
  addEventListener(type: "message", listener: (event: Lasting & MessageEvent) => void): void;
  addEventListener(
    type: "fetch",
    listener: (event: { readonly request: Request; respondWith(answer: Promise<Response>): void }) => void,
  ): void;
}
interface Lasting {
  waitUntil(work: Promise<unknown>): void;
}
const scope = globalThis as unknown as Scope;

const KEPT = "didym-floor";
const PAGE = "/floor";
/** A line that is there but does not answer is taken for none after this. */
const PATIENCE_MS = 4000;

scope.addEventListener("install", (event) => event.waitUntil(scope.skipWaiting()));
scope.addEventListener("activate", (event) => event.waitUntil(scope.clients.claim()));

scope.addEventListener("message", (event) => {
  const { assets } = event.data as { readonly assets: readonly string[] };
  event.waitUntil(keep(assets));
});

/**
 * Keeps a page with all that it is made of, or leaves what was kept: the assets first, then the page that names them, then the
 * old ones go. A page of another version than these assets is not kept; the next visit will have both.
 */
async function keep(assets: readonly string[]): Promise<void> {
  const kept = await caches.open(KEPT);
  const page = await fetch(PAGE, { cache: "no-cache" });
  const named = (await page.clone().text()).match(/\/assets\/[\w.-]+/g) ?? [];
  if (!page.ok || named.some((asset) => !assets.includes(asset))) return;
  const missing = [];
  for (const asset of assets) if (!(await kept.match(asset))) missing.push(asset);
  await kept.addAll(missing);
  await kept.put(PAGE, page);
  for (const { url } of await kept.keys()) {
    const { pathname } = new URL(url);
    if (pathname !== PAGE && !assets.includes(pathname)) await kept.delete(url);
  }
}

scope.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  // What is on the books is never answered from here: only the page itself and what it is made of.
  if (request.mode === "navigate") event.respondWith(freshPage(request));
  else if (pathname.startsWith("/assets/")) event.respondWith(asset(request));
});

/** The page as the server has it now; the kept one only where the server does not answer. */
async function freshPage(request: Request): Promise<Response> {
  try {
    return await fetch(request, { signal: AbortSignal.timeout(PATIENCE_MS) });
  } catch (cause) {
    const kept = await (await caches.open(KEPT)).match(PAGE);
    if (kept) return kept;
    throw cause;
  }
}

/** An asset's name holds the hash of its bytes: the kept one is the right one. */
const asset = async (request: Request): Promise<Response> =>
  (await (await caches.open(KEPT)).match(request.url)) ?? fetch(request);
