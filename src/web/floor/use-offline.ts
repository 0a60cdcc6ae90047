import { useEffect } from "react";

/** Once a page of the floor was open, this phone opens it without a connection too (`floor-worker.ts`). */
export function useOffline(): void {
  useEffect(() => {
    if (import.meta.env.PROD && "serviceWorker" in navigator) void keepHere();
  }, []);
}

async function keepHere(): Promise<void> {
  try {
    await navigator.serviceWorker.register("/floor-worker.js", { scope: "/floor" });
    const { active } = await navigator.serviceWorker.ready;
    active?.postMessage({ assets: loadedAssets() });
  } catch {
    // Browsers lend workers only to hosts they trust; without one the page needs its connection, as any other does.
  }
}

/** All assets that this page was made of: what it loaded, and what it names, such as an icon that no phone has asked for. */
function loadedAssets(): readonly string[] {
  const loaded = performance.getEntriesByType("resource").map(({ name }) => name);
  const named = [...document.querySelectorAll<HTMLLinkElement>("link[href]")].map(({ href }) => href);
  const here = [...loaded, ...named].map((address) => new URL(address));
  const assets = here.filter(
    ({ origin, pathname }) => origin === location.origin && pathname.startsWith("/assets/"),
  );
  return [...new Set(assets.map(({ pathname }) => pathname))];
}
