import { z } from "zod";
import type { UseCase } from "./use-case.ts";

/** The JSON schema of a use case's input, as its callers send it. */
export const inputSchema = (useCase: UseCase): Record<string, unknown> => {
  const { $schema: _, ...schema } = z.toJSONSchema(useCase.input, {
    io: "input",
    target: "draft-2020-12",
  }) as Record<string, unknown>;
  return schema;
};
