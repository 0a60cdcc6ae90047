import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, readlinkSync, realpathSync } from "node:fs";

/** A process told apart from a later one with the same number. */
export interface ProcessIdentity {
  readonly pid: number;
  /** Start time in clock ticks since boot, field 22 of /proc/PID/stat (proc(5)); empty where there is no /proc. */
  readonly started: string;
}

export const identityOf = (pid: number): ProcessIdentity => ({ pid, started: fieldsOf(pid)[19] ?? "" });

/** Whether the number is taken, be it by another user's process or by one that has ended and waits for its parent. */
export function isTaken(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (cause) {
    return (cause as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** Whether that very process runs; one that has ended and waits for its parent does not. */
export function isAlive({ pid, started }: ProcessIdentity): boolean {
  if (!isTaken(pid)) return false;
  const fields = fieldsOf(pid);
  if (fields[0] === "Z") return false;
  return started === "" || fields[19] === started;
}

/** Whether a process works in a folder as a PostgreSQL server does: that is its current folder, or what it was started on. */
export function worksIn(pid: number, folder: string): boolean {
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(folder);
  } catch {
    // Another user's process, or no /proc: its command line says which folder it was given.
    return commandOf(pid).includes(`-D ${folder} `);
  }
}

/** Every process whose current folder this is; none are seen where there is no /proc. */
export function processesIn(folder: string): number[] {
  try {
    return readdirSync("/proc")
      .filter((name) => /^\d+$/.test(name))
      .map(Number)
      .filter((pid) => worksIn(pid, folder) && isAlive(identityOf(pid)));
  } catch {
    return [];
  }
}

function commandOf(pid: number): string {
  try {
    return `${readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ")} `;
  } catch {
    if (process.platform === "linux") return "";
    return `${spawnSync("ps", ["-o", "command=", "-p", String(pid)], { encoding: "utf8" }).stdout?.trim() ?? ""} `;
  }
}

/** The fields of /proc/PID/stat from the third on: the second, in brackets, may itself hold spaces and brackets. */
function fieldsOf(pid: number): string[] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  } catch {
    return [];
  }
}
