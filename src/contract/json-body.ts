import { refuse } from "../quantity/index.ts";
import { countParts } from "./json-parts.ts";
import { checkPlain, readJsonText } from "./plain-input.ts";
import { readSignedBytes } from "./signed-json.ts";

/** A body as it came, to be read by whoever works on it. */
export interface UnreadBody {
  readonly bytes: Uint8Array;
  /** What somebody signed is read strictly: what two readers could read differently is refused. */
  readonly signed: boolean;
  /** So many items, fields, lists and objects at most. */
  readonly parts_max: number;
}

/** Reads a JSON body in UTF-8, after its parts were counted. Refuses `too_large` and what no field of the trade may hold. */
export function readJsonBody({ bytes, signed, parts_max }: UnreadBody) {
  if (countParts(bytes, parts_max) > parts_max) {
    const message = `a body of this kind holds at most ${parts_max} items, fields, lists and objects`;
    return refuse("too_large", "body", message, { parts_max });
  }
  const json = signed ? readSignedBytes(bytes, "body") : readJsonText(bytes, "body");
  return json.ok ? checkPlain(json.value) : json;
}
