import { parseArgs } from "node:util";
import type { SignInMode } from "../api/index.ts";
import { isFipsAsked } from "../outside/validated-hash.ts";
import { encrypterTo } from "../store/age.ts";
import { readEvery, type Schedule } from "./backup-clock.ts";
import { recipientsIn } from "./backup-verbs.ts";
import { LOG_FORMS, type LogForm } from "./log.ts";
import { metricsToken } from "./metrics-token.ts";
import { NOTICE_OPTIONS, type NoticeFlags, readNoticeFlags } from "./notice-flags.ts";
import { DEFAULT_DATA_DIR } from "./ports.ts";
import { readTls, type Tls, type TlsFiles } from "./tls.ts";

export const HELP = `npm start -- [--empty | --sample-people | --no-sample-people] [--port 4680] [--host 127.0.0.1] [--name HOST…] [--data DIR]
             [--tls-cert FILE --tls-key FILE] [--sign-in offered] [--fips]
             [--backup-to FOLDER [--backup-every 1d] [--backup-recipient KEY]] [--log text|json|off]
             [--public-url URL] [--mail-from ADDRESS] [--webhooks-inside]

Starts Didym: database, API and web app on one address. The first start loads a sample programme; --empty starts clean.
On this machine alone, on sample books, anyone may be any of the sample people: --sample-people insists on it, --no-sample-people
takes it away.
Nobody reads or writes the books who did not sign in (didym trust token makes a token); on this machine alone --sign-in offered answers
who does not as well, as nobody in particular.
With --fips (for commands DIDYM_FIPS=yes) it starts on a FIPS 140-3 validated module of OpenSSL, or not at all.
It answers to its own address and to the names that --name lists (once for each), and to pages of its own alone.
With a certificate and its key it serves HTTPS, which phones ask for before they lend their camera.
Books that rested for more than a year ask for --clock-checked: a clock that jumped would hold their time for ever.
With --backup-to it keeps backups there, each restored to try it; with a recipient (age1…) encrypted and with the signing keys.
--log json tells one JSON object a line on standard error, of each request too, and of nothing that was sent; text is for people.
DATABASE_URL uses a PostgreSQL of your own instead of the one in the data folder; DIDYM_APP_URL names the role that serves from it,
which owns nothing and cannot change an entry.
Signing keys are sealed under a key file beside the data folder (DIR.key), made when it is first needed; DIDYM_KEY_FILE puts it
elsewhere, DIDYM_PASSPHRASE takes its place.
DIDYM_METRICS_TOKEN_FILE (or DIDYM_METRICS_TOKEN) holds the token for figures at /api/metrics; without one there are none.
DIDYM_SMTP_URL_FILE (or DIDYM_SMTP_URL) names the mail server that notices go by, for who asked for e-mail, from --mail-from; links in
them begin with --public-url. Webhooks reach public addresses alone; --webhooks-inside lets them reach those inside.
docs/guides/administrator.md goes through all of it.
`;

const SIGN_IN_MODES: readonly SignInMode[] = ["required", "offered"];

/** What a person did or can mend: said in one sentence, without a stack. */
export class CannotStart extends Error {}

export interface Flags {
  readonly empty: boolean;
  /** Whether anyone here may be one of the sample people: where the books are the sample's, on loopback alone. */
  readonly samplePeople: boolean;
  readonly "sample-people"?: boolean;
  readonly port: number;
  readonly host: string;
  /** Names under which it is served, beside its address. */
  readonly name: readonly string[];
  readonly data: string;
  readonly tls: Tls | undefined;
  readonly tlsFiles: TlsFiles;
  readonly "sign-in": SignInMode;
  readonly "clock-checked": boolean;
  /** A validated module has to do the work. */
  readonly fips: boolean;
  readonly backups: Schedule | undefined;
  readonly log: LogForm;
  /** From the environment: a token stands in no list of processes. */
  readonly metricsToken: string | undefined;
  readonly notices: NoticeFlags;
  readonly help: boolean;
}

export function readFlags(args = process.argv.slice(2), environment = process.env): Flags {
  const options = {
    empty: { type: "boolean", default: false },
    "sample-people": { type: "boolean" },
    "no-sample-people": { type: "boolean", default: false },
    port: { type: "string", default: "4680" },
    host: { type: "string", default: "127.0.0.1" },
    name: { type: "string", multiple: true, default: [] as string[] },
    data: { type: "string", default: DEFAULT_DATA_DIR },
    "tls-cert": { type: "string" },
    "tls-key": { type: "string" },
    "sign-in": { type: "string", default: "required" },
    "clock-checked": { type: "boolean", default: false },
    fips: { type: "boolean", default: false },
    "backup-to": { type: "string" },
    "backup-every": { type: "string", default: "1d" },
    "backup-recipient": { type: "string" },
    log: { type: "string", default: "text" },
    ...NOTICE_OPTIONS,
    help: { type: "boolean", default: false },
  } as const;
  const values = (() => {
    try {
      return parseArgs({ args, options }).values;
    } catch (cause) {
      throw new CannotStart(`${(cause as Error).message.split(". ")[0]}; --help shows what there is`);
    }
  })();
  if (!/^\d{1,5}$/.test(values.port) || Number(values.port) > 65535)
    throw new CannotStart(`--port takes a number up to 65535, not ${values.port}`);
  const odd = values.name.find((name) => !/^[a-z0-9._-]{1,253}$/i.test(name));
  if (odd !== undefined) throw new CannotStart(`--name takes a host without port, not ${odd}`);
  const log = LOG_FORMS.find((form) => form === values.log);
  if (!log) throw new CannotStart(`--log takes ${LOG_FORMS.join(", ")}, not ${values.log}`);
  const signIn = SIGN_IN_MODES.find((mode) => mode === values["sign-in"]);
  if (!signIn) throw new CannotStart(`--sign-in takes ${SIGN_IN_MODES.join(", ")}, not ${values["sign-in"]}`);
  if (signIn === "offered" && (!isLoopback(values.host) || values.name.length > 0))
    throw new CannotStart("--sign-in offered: on this machine alone, without --host and --name");
  const fips = values.fips || isFipsAsked(environment);
  if (fips && values["backup-recipient"] !== undefined)
    throw new CannotStart(
      "--fips: recipients of age are not approved; keep backups on an encrypted disk instead",
    );
  const backups = readSchedule(values);
  const tlsFiles = { cert: values["tls-cert"], key: values["tls-key"] };
  const secure = readTls({ ...tlsFiles, now: new Date() });
  if (!secure.ok) throw new CannotStart(secure.why);
  const token = metricsToken(environment);
  if (!token.ok) throw new CannotStart(token.why);
  const notices = readNoticeFlags(values, environment);
  if (!notices.ok) throw new CannotStart(notices.why);
  const samplePeople = offersSamplePeople(values, environment);
  const read = {
    samplePeople,
    "sign-in": signIn,
    port: Number(values.port),
    tls: secure.tls,
    tlsFiles,
    backups,
    log,
    fips,
  };
  return { ...values, ...read, metricsToken: token.token, notices: notices.flags };
}

const LOOPBACK = new Set(["127.0.0.1", "localhost", "::1"]);
export const isLoopback = (host: string): boolean => LOOPBACK.has(host);

interface PeopleFlags {
  readonly empty: boolean;
  readonly host: string;
  readonly name: readonly string[];
  readonly "sample-people"?: boolean;
  readonly "no-sample-people": boolean;
}

/** Sample people are for who tries Didym at their own machine; where that is not so, who insists is told why. */
function offersSamplePeople(flags: PeopleFlags, environment: NodeJS.ProcessEnv): boolean {
  const whyNot = flags.empty
    ? "--empty books have none"
    : !isLoopback(flags.host) || flags.name.length > 0
      ? "they are offered on loopback alone, without --host and --name"
      : environment["DATABASE_URL"]
        ? "a database of one's own is nobody's to try"
        : undefined;
  if (flags["sample-people"] && (whyNot !== undefined || flags["no-sample-people"]))
    throw new CannotStart(`--sample-people: ${whyNot ?? "--no-sample-people takes them away"}`);
  return whyNot === undefined && !flags["no-sample-people"];
}

interface BackupFlags {
  readonly data: string;
  readonly "backup-to"?: string;
  readonly "backup-every": string;
  readonly "backup-recipient"?: string;
}

function readSchedule(flags: BackupFlags): Schedule | undefined {
  const { data: dataDir, "backup-to": folder, "backup-every": every, "backup-recipient": recipient } = flags;
  if (folder === undefined) {
    if (recipient === undefined) return undefined;
    throw new CannotStart("--backup-recipient needs --backup-to, the folder that backups are kept in");
  }
  const every_ms = readEvery(every);
  if (every_ms === undefined)
    throw new CannotStart(`--backup-every takes hours or days, 6h or 1d, not ${every}`);
  const encrypts = recipient === undefined || encrypterTo(recipientsIn(recipient)).ok;
  // It is not repeated: who gives the secret half by mistake would find it in the log.
  if (!encrypts)
    throw new CannotStart("--backup-recipient takes recipients of age (age1…), several between commas");
  return { folder, every_ms, recipient, dataDir };
}
