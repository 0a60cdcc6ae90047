import { Skeleton } from "@mantine/core";
import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Refused } from "../client/client.ts";
import { sentence } from "./figure-text.ts";

/** A refusal in words: what failed, where, and the numbers it was decided on. */
export function RefusedNote({ error }: { error: unknown }) {
  if (!error) return null;
  const problem = error instanceof Refused ? error.problem : undefined;
  const numbers = Object.entries(problem?.numbers ?? {});
  return (
    <div className="note bad" role="alert">
      <strong>{sentence(problem?.title ?? "something broke on this page")}</strong>
      <div>{sentence(problem?.detail ?? (error as Error).message)}</div>
      {problem?.at ? <div className="small">at {problem.at}</div> : null}
      {numbers.length > 0 ? (
        <div className="small">
          {numbers.map(([name, n]) => `${name.replaceAll("_", " ")}: ${n}`).join(" · ")}
        </div>
      ) : null}
    </div>
  );
}

export const Empty = ({ children }: { children: ReactNode }) => <p className="dim">{children}</p>;

export function Loading({ rows = 4 }: { rows?: number }) {
  return (
    <div role="status" aria-label="loading">
      {Array.from({ length: rows }, (_, i) => i).map((i) => (
        <Skeleton key={i} height={14} mt={10} width={`${92 - ((i * 17) % 40)}%`} />
      ))}
    </div>
  );
}

/** What was asked for did not come: why, and a way to ask again. */
export function Failed({ asked }: { asked: Pick<UseQueryResult, "error" | "refetch"> }) {
  return (
    <>
      <RefusedNote error={asked.error} />
      <button type="button" className="plain" onClick={() => void asked.refetch()}>
        Try again
      </button>
    </>
  );
}

/** Shows an answer once it is there, and says so while it is not or where it was refused. */
export function Answered<T>(props: {
  asked: UseQueryResult<T>;
  rows?: number;
  children: (answer: T) => ReactNode;
}) {
  const { asked, rows, children } = props;
  if (asked.data !== undefined && !asked.isError) return <>{children(asked.data)}</>;
  if (asked.isError) return <Failed asked={asked} />;
  return <Loading {...(rows === undefined ? {} : { rows })} />;
}
