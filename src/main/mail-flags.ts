import { readFileSync } from "node:fs";
import type { MailServer } from "../outside/mail.ts";

interface MailFlags {
  readonly "mail-from"?: string;
}
export type MailAnswer =
  | { readonly ok: true; readonly mail: MailServer | undefined }
  | { readonly ok: false; readonly why: string };

const wrong = (why: string): MailAnswer => ({ ok: false, why });
const ADDRESS = /^[^\s@<>"]+@[^\s@<>"]+$/;

/**
 * The mail server as the environment names it, or the file it names: its password stands in no list of processes. What is wrong is said
 * without it.
 */
export function readMailServer(
  { "mail-from": from }: MailFlags,
  environment: Readonly<Record<string, string | undefined>>,
): MailAnswer {
  const { DIDYM_SMTP_URL: given, DIDYM_SMTP_URL_FILE: file } = environment;
  if (given && file) return wrong("set DIDYM_SMTP_URL or DIDYM_SMTP_URL_FILE, not both");
  if (!given && !file)
    return from === undefined
      ? { ok: true, mail: undefined }
      : wrong("--mail-from needs a mail server: DIDYM_SMTP_URL_FILE, or DIDYM_SMTP_URL, smtps://user:password@host");
  const name = file ? `what stands in ${file}` : "DIDYM_SMTP_URL";
  const url = file ? textOf(file) : given;
  if (url === undefined) return wrong(`DIDYM_SMTP_URL_FILE: ${file} cannot be read`);
  if (!/^smtps?:\/\//.test(url) || !URL.canParse(url))
    return wrong(`${name} is not of the form smtps://user:password@host:465`);
  if (from === undefined || !ADDRESS.test(from))
    return wrong("a mail server needs --mail-from, the address that e-mail comes from");
  return { ok: true, mail: { url, from } };
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8").trim();
  } catch {
    return undefined;
  }
}
