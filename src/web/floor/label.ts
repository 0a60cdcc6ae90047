/** The lot a label names: its code holds the address of the lot's floor page, so that any camera can open it. */
export function lotIn(code: string): string {
  const path = /\/floor\/([^/?#]+)/.exec(code)?.[1];
  if (path === undefined) return code.trim();
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

export const labelAddress = (origin: string, lot: string): string =>
  `${origin}/floor/${encodeURIComponent(lot)}`;
