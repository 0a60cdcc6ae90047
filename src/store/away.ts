/**
 * What PostgreSQL (appendix A: class 08, 57P01 to 57P03) and the sockets below it say of a server that is stopping, starting, or
 * not there. The driver names a connection that ended under a query in words alone.
 */
const CODES = new Set([
  "57P01",
  "57P02",
  "57P03",
  "ECONNREFUSED",
  "ECONNRESET",
  "ENOENT",
  "EPIPE",
  "ETIMEDOUT",
]);
const WORDS =
  /^(?:Connection terminated|Client has encountered a connection error|timeout exceeded when trying to connect)/;

/** Whether a fault is the database's absence: what was asked may be asked again, under the same key. */
export function isDatabaseAway(error: unknown): boolean {
  const { code, syscall, message } = error as { code?: string; syscall?: string; message?: string };
  if (code === "ENOENT") return syscall === "connect";
  return (code !== undefined && (CODES.has(code) || code.startsWith("08"))) || WORDS.test(message ?? "");
}
