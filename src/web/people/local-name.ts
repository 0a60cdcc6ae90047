const ADDRESS = /^(?:\d+\.\d+\.\d+\.\d+|\[.*\])$/;
const LOOPBACK = /^(?:127\.0\.0\.1|\[::1\])$/;

/** Whether this page was opened by a name: a passkey belongs to one, and an address has none. */
export const hasName = ({ hostname }: Pick<Location, "hostname">): boolean => !ADDRESS.test(hostname);

/** The same page by the name that this machine has for itself; none where it is another machine. */
export function byName(at: Pick<Location, "hostname" | "href">): string | undefined {
  if (!LOOPBACK.test(at.hostname)) return undefined;
  const to = new URL(at.href);
  to.hostname = "localhost";
  return to.href;
}
