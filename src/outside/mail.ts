import type { Mail } from "../app/notices/deliver.ts";

export interface MailServer {
  /** smtp:// or smtps://, with who may send by it. */
  readonly url: string;
  readonly from: string;
}

const LOOPBACK = new Set(["localhost", "127.0.0.1", "[::1]"]);
const STEP_MS = 10_000;

/** Sends e-mail by any SMTP server. Its library is loaded with the first letter. */
export function smtpMail({ url, from }: MailServer): Mail {
  return async ({ to, id, subject, text }) => {
    const { createTransport } = await import("nodemailer");
    const transport = createTransport({
      url,
      ...{
        connectionTimeout: STEP_MS,
        greetingTimeout: STEP_MS,
        socketTimeout: STEP_MS,
        dnsTimeout: STEP_MS,
      },
      ...{ disableFileAccess: true, disableUrlAccess: true },
      // A password never goes over a network in the clear.
      requireTLS: !LOOPBACK.has(new URL(url).hostname),
    });
    try {
      await transport.sendMail({
        // As an address, never as a header to be read: nobody adds a second one by it.
        ...{ from, to: { name: "", address: to }, subject, text },
        messageId: `<${id}@${domainOf(from)}>`,
        // No machine answers a machine (RFC 3834).
        headers: { "auto-submitted": "auto-generated" },
      });
      return { ok: true };
    } catch (cause) {
      const { code, responseCode } = cause as { code?: string; responseCode?: number };
      // Its words may hold the address.
      const why = `the mail server: ${responseCode ?? code ?? "no answer"}`;
      return responseCode !== undefined && responseCode >= 500 && responseCode !== 535
        ? { ok: false, why, gone: true }
        : { ok: false, why };
    } finally {
      transport.close();
    }
  };
}

const domainOf = (address: string): string => /@([^@>\s]+)>?$/.exec(address)?.[1] ?? "didym";
