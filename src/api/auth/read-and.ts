import type { Context } from "hono";
import type { z } from "zod";
import { readJsonBody } from "../../contract/json-body.ts";
import { readStrictly } from "../../quantity/index.ts";
import type { Face } from "../face.ts";
import { problem } from "../problem.ts";

/** What a passkey's device says is a few kilobytes; nothing else that is sent here is as large. */
const LIMITS = { bytes: 32 * 1024, parts: 100 };

/** Reads a small body by its schema, and answers it. */
export function readAnd<I>(
  c: Context,
  { bodies }: Pick<Face, "bodies">,
  schema: z.ZodType<I>,
  answer: (input: I) => Promise<Response>,
): Promise<Response> {
  return bodies.take(c, { limits: LIMITS, command: false }, async (bytes) => {
    const body = readJsonBody({ bytes, signed: false, parts_max: LIMITS.parts });
    const asked = body.ok ? readStrictly(schema, body.value) : body;
    return asked.ok ? answer(asked.value) : problem(c, asked.refusal);
  });
}
