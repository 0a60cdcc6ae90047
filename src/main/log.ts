import type { Ended } from "../api/ended.ts";
import { seenOf } from "./fault-seen.ts";

/** `text` is for whoever started it and looks on, `json` for a collector: one object a line, every request too. */
export const LOG_FORMS = ["text", "json", "off"] as const;
export type LogForm = (typeof LOG_FORMS)[number];

export type Level = "info" | "warn" | "error";

/** What a server tells on standard error (T60). */
export interface Log {
  /** A sentence for who runs it. */
  say(message: string, level?: Level): void;
  ended(request: Ended): void;
  /** `of` is the request or the job it happened in. */
  fault(error: Error, of?: string): void;
}

export function logTo(write: (text: string) => void, form: LogForm): Log {
  if (form === "json") return jsonLog(write);
  const text = textLog(write);
  return form === "text" ? text : { ...text, say: whyItEnds(text), fault() {} };
}

/** Switched off, it still says why it cannot serve. */
const whyItEnds =
  ({ say }: Log): Log["say"] =>
  (message, level) => {
    if (level === "error") say(message);
  };

function textLog(write: (text: string) => void): Log {
  return {
    say: (message) => write(`didym: ${message}\n`),
    // A person at a terminal is told what needs one.
    ended() {},
    fault(error, of) {
      const { kind, code, stack } = seenOf(error);
      const lines = stack.map((frame) => `\n    at ${frame}`).join("");
      write(`didym: fault: ${kind}${code === undefined ? "" : ` ${code}`}${of ? ` (${of})` : ""}${lines}\n`);
    },
  };
}

function jsonLog(write: (text: string) => void): Log {
  const line = (level: Level, event: string, fields: object) =>
    write(`${JSON.stringify({ time: new Date().toISOString(), level, event, ...fields })}\n`);
  return {
    say: (message, level = "info") => line(level, "server", { message }),
    ended: (request) => line(levelOf(request.status), "request", request),
    fault: (error, of) => line("error", "fault", { ...(of === undefined ? {} : { of }), ...seenOf(error) }),
  };
}

/** A refusal is no trouble of the server's; that it is busy, or has no database, is. */
const levelOf = (status: number): Level =>
  status === 503 || status === 429 ? "warn" : status >= 500 ? "error" : "info";

/**
 * What libraries tell the console, and Node warns of, goes to the log as well: each line there is of one form. Whoever reads the log
 * may end: what is told then is lost, and nothing else.
 */
export function catchStray(log: Log): void {
  process.stderr.on("error", () => {});
  console.error = (told: unknown) => log.fault(told instanceof Error ? told : new Error());
  console.info = () => {};
  process.removeAllListeners("warning");
  process.on("warning", ({ name, message }) => log.say(`${name}: ${message}`, "warn"));
}
