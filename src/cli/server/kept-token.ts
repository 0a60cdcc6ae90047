import {
  closeSync,
  fstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";
import { done, refuse } from "../../quantity/index.ts";

export type Environment = Readonly<Record<string, string | undefined>>;

/** One line that a server knows somebody by: never longer than any that is made. */
const BEARER = /^[\x21-\x7e]{1,200}$/;

/** What was typed or piped in, as a token. It is not repeated, whatever it is. Refusals: token_malformed. */
export function readBearer(text: string, at: string) {
  const bearer = text.trim();
  return BEARER.test(bearer)
    ? done(bearer)
    : refuse("token_malformed", at, "a token is one line of at most 200 signs, without spaces");
}

/** Where tokens are kept (XDG Base Directory: a path that is not absolute is ignored). */
function folderOf(environment: Environment): string {
  const stated = environment["XDG_CONFIG_HOME"] ?? "";
  const config = isAbsolute(stated) ? stated : join(environment["HOME"] || homedir(), ".config");
  return join(config, "didym", "servers");
}

/** A file for each server: no two have one name, since a host has neither `_` nor a space in it. */
export const fileOf = (environment: Environment, origin: string): string =>
  join(folderOf(environment), `${origin.replace("://", "_").replaceAll(/[^a-zA-Z0-9.-]/g, "_")}.json`);

/** Keeps a token for this user alone; what stood there is replaced as a whole. */
export function keepToken(environment: Environment, origin: string, token: string): string {
  mkdirSync(folderOf(environment), { recursive: true, mode: 0o700 });
  const file = fileOf(environment, origin);
  const next = `${file}.${process.pid}.new`;
  rmSync(next, { force: true });
  writeFileSync(next, `${JSON.stringify({ server: origin, token })}\n`, { flag: "wx", mode: 0o600 });
  renameSync(next, file);
  return file;
}

/** Whether there was one to forget. */
export function forgetToken(environment: Environment, origin: string): boolean {
  try {
    rmSync(fileOf(environment, origin));
    return true;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ENOENT") return false;
    throw cause;
  }
}

/**
 * What is shown to a server: of the file that DIDYM_TOKEN_FILE names, else of the one that sign-in kept; nothing where there is
 * neither. Refusals: file_missing, file_unreadable, token_file_open, token_malformed.
 */
export function tokenFor(environment: Environment, origin: string) {
  const named = environment["DIDYM_TOKEN_FILE"];
  if (named) {
    const text = readPrivate(named);
    return text.ok ? readBearer(text.value, named) : text;
  }
  const file = fileOf(environment, origin);
  const text = readPrivate(file);
  if (!text.ok) return text.refusal.code === "file_missing" ? done(undefined) : text;
  return readKept(text.value, { file, origin });
}

function readKept(text: string, { file, origin }: { readonly file: string; readonly origin: string }) {
  try {
    const { server, token } = JSON.parse(text) as { server?: unknown; token?: unknown };
    if (server === origin && typeof token === "string") return readBearer(token, file);
  } catch {
    // Said below, without what stands there.
  }
  return refuse("token_malformed", file, `${file} holds no token of ${origin}: sign in again`);
}

/** Text of a file that nobody else may read: the open file is looked at, so that none can be put in its place meanwhile. */
function readPrivate(file: string) {
  let opened: number | undefined;
  try {
    opened = openSync(file, "r");
    const { mode, uid } = fstatSync(opened);
    const mine = process.getuid?.();
    if (mine !== undefined && ((mode & 0o077) !== 0 || uid !== mine))
      return refuse(
        "token_file_open",
        file,
        `others may read ${file}, so what it holds is no secret: chmod 600 it, and have that token ended`,
      );
    return done(readFileSync(opened, "utf8"));
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === undefined) throw cause;
    return code === "ENOENT"
      ? refuse("file_missing", file, `there is no file ${file}`)
      : refuse("file_unreadable", file, `${file} cannot be read (${code})`);
  } finally {
    if (opened !== undefined) closeSync(opened);
  }
}
