import { readFileSync } from "node:fs";
import type { MailServer } from "../outside/mail.ts";

/** Where notices go from here. */
export interface NoticeFlags {
  /** Absent where nobody gets e-mail. */
  readonly mail: MailServer | undefined;
  /** Where people find the pages; where it is left out, the address that is listened on. */
  readonly base: string | undefined;
  readonly webhooksInside: boolean;
}

export const NOTICE_OPTIONS = {
  "public-url": { type: "string" },
  "mail-from": { type: "string" },
  "webhooks-inside": { type: "boolean", default: false },
} as const;

interface Values {
  readonly "public-url"?: string;
  readonly "mail-from"?: string;
  readonly "webhooks-inside": boolean;
}
type Environment = Readonly<Record<string, string | undefined>>;
type Answer<T> = ({ readonly ok: true } & T) | { readonly ok: false; readonly why: string };

const wrong = (why: string) => ({ ok: false, why }) as const;
const ADDRESS = /^[^\s@<>"]+@[^\s@<>"]+$/;

export function readNoticeFlags(
  values: Values,
  environment: Environment,
): Answer<{ readonly flags: NoticeFlags }> {
  const mail = readMailServer(values["mail-from"], environment);
  if (!mail.ok) return mail;
  const base = values["public-url"];
  if (base !== undefined && !/^https?:\/\/[^\s?#@]+$/.test(base))
    return wrong(`--public-url takes https://HOST, without a question or a password, not ${base}`);
  const flags = {
    ...{ mail: mail.server, webhooksInside: values["webhooks-inside"] },
    base: base?.replace(/\/+$/, ""),
  };
  return { ok: true, flags };
}

/**
 * The mail server as the environment names it, or the file it names: its password stands in no list of processes. What is wrong is said
 * without it.
 */
function readMailServer(
  from: string | undefined,
  { DIDYM_SMTP_URL: given, DIDYM_SMTP_URL_FILE: file }: Environment,
): Answer<{ readonly server: MailServer | undefined }> {
  if (given && file) return wrong("set DIDYM_SMTP_URL or DIDYM_SMTP_URL_FILE, not both");
  if (!given && !file)
    return from === undefined
      ? { ok: true, server: undefined }
      : wrong("--mail-from needs a mail server: set DIDYM_SMTP_URL_FILE or DIDYM_SMTP_URL");
  const url = file ? textOf(file) : given;
  if (url === undefined) return wrong(`DIDYM_SMTP_URL_FILE: ${file} cannot be read`);
  if (!/^smtps?:\/\//.test(url) || !URL.canParse(url))
    return wrong(`${file ?? "DIDYM_SMTP_URL"} does not hold smtps://USER:PASSWORD@HOST:465`);
  if (from === undefined || !ADDRESS.test(from))
    return wrong("a mail server needs --mail-from, the address that e-mail comes from");
  return { ok: true, server: { url, from } };
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8").trim();
  } catch {
    return undefined;
  }
}
