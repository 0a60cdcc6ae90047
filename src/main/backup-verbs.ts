import { createReadStream, existsSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import type { Upkeep } from "../cli/index.ts";
import { done, refuse } from "../quantity/index.ts";
import type { WithDatabase } from "./upkeep.ts";

const RECIPIENT_MISSING = refuse(
  "recipient_missing",
  "--recipient",
  "signing keys leave only encrypted: name who can open them",
);

/** The verbs that take books out of a database and put them into one. */
export const backupVerbs = (withDatabase: WithDatabase): readonly Upkeep[] => [
  backupTo(withDatabase),
  keepIn(withDatabase),
  restoreFrom(withDatabase),
  MAKE_IDENTITY,
];

const backupTo = (withDatabase: WithDatabase): Upkeep => ({
  room: "ledger",
  verb: "backup",
  formerly: "backup",
  takes: ["FILE"],
  flags: { "with-keys": "", recipient: "KEY" },
  example: ["books.gz"],
  summary:
    "Write entries, answers and documents to one signed file, encrypted where a recipient (age1…) is named; with the signing keys only so.",
  run: ({ words: [file], flags, dataDir }) => {
    if (file === undefined) return Promise.resolve(refuse("file_missing", "FILE", "name the file to write"));
    if (existsSync(file))
      return Promise.resolve(refuse("file_exists", file, `${file} exists; a backup is never written over`));
    if (flags["with_keys"] !== undefined && flags["recipient"] === undefined)
      return Promise.resolve(RECIPIENT_MISSING);
    return withDatabase(dataDir, async (database) => {
      const { writeBackup } = await import("./write-backup.ts");
      return writeBackup(database, {
        file,
        with_keys: flags["with_keys"] !== undefined,
        recipients: recipientsIn(flags["recipient"]),
      });
    });
  },
});

const keepIn = (withDatabase: WithDatabase): Upkeep => ({
  room: "ledger",
  verb: "keep-backup",
  takes: ["FOLDER"],
  flags: { "with-keys": "", recipient: "KEY", keep: "RULE" },
  example: ["backups"],
  summary:
    "Write a backup into a folder, restore it into a database of its own to see that it can be, and remove what the rule (14d,8w,24m) no longer keeps.",
  run: async ({ words: [folder], flags, dataDir }) => {
    if (folder === undefined) return refuse("file_missing", "FOLDER", "name the folder to keep backups in");
    const recipients = recipientsIn(flags["recipient"]);
    const with_keys = flags["with_keys"] !== undefined;
    if (with_keys && recipients.length === 0) return RECIPIENT_MISSING;
    const { KEEP, readKeepRule } = await import("../store/backup-rule.ts");
    const keep = flags["keep"] === undefined ? KEEP : readKeepRule(flags["keep"]);
    if (!keep)
      return refuse("rule_unreadable", "--keep", "a rule names days, weeks and months to keep: 14d,8w,24m");
    return withDatabase(dataDir, async (database) => {
      const { keepBackup } = await import("./kept-backups.ts");
      return keepBackup(database, { folder, with_keys, recipients, keep, now: new Date() });
    });
  },
});

const restoreFrom = (withDatabase: WithDatabase): Upkeep => ({
  room: "ledger",
  verb: "restore",
  formerly: "restore",
  takes: ["FILE"],
  flags: { identity: "FILE", signer: "KEY", head: "HEAD" },
  example: ["books.gz", "--data", "other"],
  summary:
    "Read a backup into an empty database, checking the chain as it comes, and who sealed it where that is named; all of it or nothing. HEAD was noted elsewhere, as seq:hash, as JSON {seq, hash}, or as a file of such lines: a backup that does not hold it is refused.",
  run: async ({ words: [file], flags, dataDir, stdin }) => {
    if (file === undefined || !existsSync(file))
      return refuse("file_missing", file ?? "FILE", "name a backup that exists");
    const { headsOfWord } = await import("./noted.ts");
    const heads = flags["head"] === undefined ? done([]) : await headsOfWord(flags["head"], stdin);
    if (!heads.ok) return heads;
    const identities = await identitiesOf(flags["identity"]);
    if (!identities.ok) return identities;
    return withDatabase(dataDir, async ({ pool, sealing }) => {
      const { restore } = await import("../store/restore.ts");
      const { FOLDING } = await import("../app/apply.ts");
      const { keySeal } = await import("../outside/key-seal.ts");
      const signer = flags["signer"];
      const books = {
        ...{ pool, ...FOLDING, seal: keySeal(sealing) },
        ...{ identities: identities.value, heads: heads.value },
      };
      return restore({ ...books, ...(signer === undefined ? {} : { signer }) }, createReadStream(file));
    });
  },
});

const MAKE_IDENTITY: Upkeep = {
  room: "ledger",
  verb: "make-identity",
  asks: "installation",
  takes: ["FILE"],
  example: ["backup.key"],
  summary:
    "Make a key that opens encrypted backups (age), for its owner alone, and say the recipient to make them for; `age-keygen` makes the same.",
  run: async ({ words: [file] }) => {
    if (file === undefined) return refuse("file_missing", "FILE", "name the file to write");
    const { newIdentity, whyNoAge } = await import("../store/age.ts");
    const why = whyNoAge(file);
    if (why) return why;
    const { identity, recipient } = await newIdentity();
    try {
      writeFileSync(file, `# public key: ${recipient}\n${identity}\n`, { flag: "wx", mode: 0o600 });
    } catch (cause) {
      const { code } = cause as NodeJS.ErrnoException;
      return code === "EEXIST"
        ? refuse("file_exists", file, `${file} exists; a key is never written over`)
        : refuse("file_unwritable", file, `${file} cannot be written (${code})`);
    }
    return done({ file, recipient });
  },
};

export const recipientsIn = (text: string | undefined): readonly string[] =>
  (text ?? "")
    .split(",")
    .map((one) => one.trim())
    .filter((one) => one !== "");

async function identitiesOf(file: string | undefined) {
  if (file === undefined) return done<readonly string[]>([]);
  const { identitiesIn } = await import("../store/age.ts");
  try {
    return identitiesIn(await readFile(file, "utf8"));
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    return refuse("file_missing", "--identity", `${file} cannot be read (${code})`);
  }
}
