import { readlinkSync } from "node:fs";
import { setPriority } from "node:os";

/** Behind whoever answers requests, before what a machine does when it has nothing to do (nice(1)). */
const BEHIND = 10;

/** This thread, and what it starts, gives way to the others where processors are few. Linux alone has niceness by thread. */
export function giveWay(): void {
  if (process.platform !== "linux") return;
  const thread = /\/task\/(\d+)$/.exec(readlinkSync("/proc/thread-self"))?.[1];
  if (thread !== undefined) setPriority(Number(thread), BEHIND);
}
