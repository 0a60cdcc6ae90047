import { readFileSync } from "node:fs";

/** Long enough that nobody guesses it, of letters that a header takes. */
const TOKEN = /^[!-~]{20,200}$/;

export type TokenAnswer =
  | { readonly ok: true; readonly token: string | undefined }
  | { readonly ok: false; readonly why: string };

const wrong = (why: string): TokenAnswer => ({ ok: false, why });

/** The token of the metrics as the environment gives it, or the file it names. What is wrong is said without the token. */
export function metricsToken(environment: Readonly<Record<string, string | undefined>>): TokenAnswer {
  const { DIDYM_METRICS_TOKEN: given, DIDYM_METRICS_TOKEN_FILE: file } = environment;
  if (given && file) return wrong("set DIDYM_METRICS_TOKEN or DIDYM_METRICS_TOKEN_FILE, not both");
  if (!given && !file) return { ok: true, token: undefined };
  const token = file ? textOf(file) : given;
  if (token === undefined) return wrong(`DIDYM_METRICS_TOKEN_FILE: ${file} cannot be read`);
  const name = file ? `the token in ${file}` : "DIDYM_METRICS_TOKEN";
  return TOKEN.test(token)
    ? { ok: true, token }
    : wrong(
        `${name} is not 20 to 200 letters, digits and signs without a space: openssl rand -hex 32 makes one`,
      );
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8").trim();
  } catch {
    return undefined;
  }
}
