import { readlinkSync } from "node:fs";
import { setPriority } from "node:os";

/**
 * Behind whoever answers requests, by a weight of a half (sched(7): each step is a tenth of the processor). Ten steps answered no
 * sooner, and beside other programs of the machine long work took three minutes in the place of one.
 */
const BEHIND = 3;

/** This thread, and what it starts, gives way to the others where processors are few. Linux alone has niceness by thread. */
export function giveWay(): void {
  if (process.platform !== "linux") return;
  const thread = /\/task\/(\d+)$/.exec(readlinkSync("/proc/thread-self"))?.[1];
  if (thread !== undefined) setPriority(Number(thread), BEHIND);
}
