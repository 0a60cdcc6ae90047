import { type Done, Refused, send } from "./client.ts";

/** A command kept on this device until the server answered it. Its key makes sending it again harmless. */
export interface Kept {
  readonly key: string;
  readonly path: string;
  readonly body: object;
  readonly actor: string | undefined;
  /** In words, for the person who entered it. */
  readonly what: string;
  readonly at: string;
  /** Set when the server refused it: it then waits for a person, not for the line. */
  readonly refused?: string;
}

export interface Shelf {
  read(): string | undefined;
  write(text: string): void;
}

export type Send = (kept: Kept) => Promise<unknown>;

export interface Outbox {
  readonly kept: () => readonly Kept[];
  put(entry: Kept): void;
  drop(key: string): void;
  /** Sends what waits, oldest first, until the server cannot be reached. One run at a time. */
  sendAll(): Promise<void>;
  onChange(tell: () => void): () => void;
}

/**
 * Entries that survive a lost connection, a reload and a flat battery: written to the shelf before they are sent, and taken
 * off it only when the server has answered.
 */
export function outboxOn(shelf: Shelf, send: Send): Outbox {
  let kept = readKept(shelf);
  let running: Promise<void> | undefined;
  const listeners = new Set<() => void>();
  const keep = (next: readonly Kept[]) => {
    kept = next;
    shelf.write(JSON.stringify(next));
    for (const tell of listeners) tell();
  };
  const run = async () => {
    for (;;) {
      const next = kept.find((k) => k.refused === undefined);
      if (!next) return;
      try {
        await send(next);
        keep(kept.filter((k) => k.key !== next.key));
      } catch (error) {
        if (!(error instanceof Refused) || error.problem.status === 0 || error.problem.status >= 500) return;
        keep(kept.map((k) => (k.key === next.key ? { ...k, refused: error.problem.detail } : k)));
      }
    }
  };
  return {
    kept: () => kept,
    put: (entry) => keep([...kept, entry]),
    drop: (key) => keep(kept.filter((k) => k.key !== key)),
    sendAll: () => {
      running ??= run().finally(() => {
        running = undefined;
      });
      return running;
    },
    onChange: (tell) => {
      listeners.add(tell);
      return () => listeners.delete(tell);
    },
  };
}

function readKept(shelf: Shelf): readonly Kept[] {
  try {
    const read: unknown = JSON.parse(shelf.read() ?? "[]");
    return Array.isArray(read) ? (read as Kept[]) : [];
  } catch {
    return [];
  }
}

export const sendKept: Send = ({ key, path, body, actor }): Promise<Done<unknown>> =>
  send<Done<unknown>>(path, { key, body, ...(actor === undefined ? {} : { actor }) });
