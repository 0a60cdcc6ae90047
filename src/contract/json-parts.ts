const [QUOTE, BACKSLASH] = [0x22, 0x5c];
const OPENS_A_PART = new Set([..."[{,"].map((sign) => sign.charCodeAt(0)));

/**
 * How many parts (items, fields, lists and objects) a JSON text in UTF-8 has, at least one, counted up to one more than `most`
 * without reading it: five million empty objects are three bytes each to send, and many times that to hold.
 */
export function countParts(bytes: Uint8Array, most: number): number {
  let parts = 1;
  for (let at = 0; at < bytes.length && parts <= most; at++) {
    const sign = bytes[at] ?? 0;
    if (sign === QUOTE) at = closing(bytes, at);
    else if (OPENS_A_PART.has(sign)) parts++;
  }
  return parts;
}

/** The end of the text that begins at a quote: its closing quote, or the end of everything. */
function closing(bytes: Uint8Array, start: number): number {
  for (let at = bytes.indexOf(QUOTE, start + 1); at !== -1; at = bytes.indexOf(QUOTE, at + 1)) {
    let escapes = 0;
    while (bytes[at - 1 - escapes] === BACKSLASH) escapes++;
    if (escapes % 2 === 0) return at;
  }
  return bytes.length;
}
