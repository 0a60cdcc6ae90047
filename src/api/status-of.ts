import { CODES_BY_STATUS, type Status } from "./statuses.ts";

const BY_CODE: ReadonlyMap<string, Status> = new Map(
  Object.entries(CODES_BY_STATUS).flatMap(([status, codes]) =>
    codes.map((code) => [code, Number(status) as Status] as const),
  ),
);

export const isKnownCode = (code: string): boolean => BY_CODE.has(code);

/** The HTTP status of a refusal. Refusals of a later version, kept by a job or an answer, are the trade's. */
export const statusOf = (code: string): Status => BY_CODE.get(code) ?? 422;
