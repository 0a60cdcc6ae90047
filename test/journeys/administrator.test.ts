// The administrator's guide, run as it stands: its blocks of `sh` one after the other, in a folder and on a port of their own.
import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { blocksOf, root } from "../support/markdown.ts";

const GUIDE = "docs/guides/administrator.md";
const folder = mkdtempSync(join(tmpdir(), "didym-administrator-"));
const port = await freePort();

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.listen(0, "127.0.0.1", () => {
      const { port: free } = probe.address() as AddressInfo;
      probe.close(() => resolve(free));
    });
  });
}

/** `npm start --` and `npx didym` without installing anything, and on the test's own port. */
function shims(): string {
  const bin = join(folder, "bin");
  mkdirSync(bin);
  const shim = (name: string, program: string, more: string, skip: number) => {
    const lines = [
      "#!/bin/sh",
      `shift ${skip}`,
      `exec "${process.execPath}" "${join(root, program)}" "$@"${more}`,
    ];
    writeFileSync(join(bin, name), `${lines.join("\n")}\n`);
    chmodSync(join(bin, name), 0o755);
  };
  shim("npm", "src/main/serve.ts", ` --port ${port}`, 2);
  shim("npx", "src/main/didym.ts", "", 1);
  return bin;
}

const env: NodeJS.ProcessEnv = { ...process.env, PATH: `${shims()}${delimiter}${process.env["PATH"]}` };
for (const name of Object.keys(env)) if (/^DATABASE_URL$|^DIDYM_/.test(name)) delete env[name];

/** The blocks of the guide; the first that starts the server stands for itself. */
const blocks = blocksOf(GUIDE)
  .filter(({ language }) => language === "sh")
  .map(({ code }) => code.replaceAll("/srv/didym", folder).replaceAll(":4680", `:${port}`));

/** Bash takes pipes of Node for a network, and would read what it is set up with. */
function shell(code: string, more: NodeJS.ProcessEnv = {}): ChildProcess {
  return spawn("bash", ["--norc", "-euo", "pipefail", "-c", code], {
    cwd: root,
    env: { ...env, ...more },
    detached: true,
  });
}

interface Said {
  out: string;
  err: string;
}

function listen(child: ChildProcess): Said {
  const said = { out: "", err: "" };
  child.stdout?.setEncoding("utf8").on("data", (more) => (said.out += more));
  child.stderr?.setEncoding("utf8").on("data", (more) => (said.err += more));
  return said;
}

/** A block that ends: it must end well. */
async function run(code: string): Promise<string> {
  const child = shell(code);
  const said = listen(child);
  const exit = await new Promise((resolve) => child.on("close", resolve));
  assert.equal(exit, 0, `${code}\n${said.out.slice(-2000)}\n${said.err}`);
  return said.out;
}

async function until(what: string, isSo: () => boolean): Promise<void> {
  for (let tries = 0; tries < 1200; tries++) {
    if (isSo()) return;
    await wait(50);
  }
  assert.fail(`${what} never came`);
}

/** A block that serves, until it is told to stop. */
async function serving(code: string, more: NodeJS.ProcessEnv = {}) {
  const child = shell(code, more);
  const said = listen(child);
  const closed = new Promise((resolve) => child.on("close", resolve));
  await until(`the server (${said.err})`, () => said.out.includes("Didym is at") || child.exitCode !== null);
  assert.match(said.out, /Didym is at/, said.err);
  return {
    deafen: () => child.stderr?.destroy(),
    async stop(): Promise<string> {
      process.kill(-(child.pid ?? 0), "SIGTERM");
      await closed;
      return said.err;
    },
  };
}

const live = `http://127.0.0.1:${port}/api/health/live`;
const SENT = "hunter2-correct-horse";
const PASSPHRASE = "a passphrase that opens nothing here";

test("T60: the administrator's guide does what it says, and what the server tells holds nothing secret", {
  timeout: 300_000,
}, async () => {
  const servers: Awaited<ReturnType<typeof serving>>[] = [];
  try {
    const at = blocks.findIndex((code) => code.includes("npm start"));
    assert.ok(at > 0, "the guide starts a server");
    for (const code of blocks.slice(0, at)) await run(code);
    servers.push(await serving(String(blocks[at])));
    env["DIDYM_KEY_FILE"] = join(folder, "secrets", "didym.key");
    await until("a backup", () => existsSync(join(folder, "backups", "last-backup.json")));
    const answers: string[] = [];
    for (const code of blocks.slice(at + 1)) answers.push(await run(code));
    const figures = answers.find((one) => one.includes("# EOF")) ?? "";
    assert.match(figures, /^didym_head_seq 4$/m, "two firms, a person and a token were registered");
    assert.match(figures, /^didym_backup_restore_ok 1$/m);
    assert.match(figures, /^didym_request_seconds_count\{route="\/api\/health\/ready",status="2xx"\} 1$/m);
    for (const clean of answers.filter((one) => /"clean":/.test(one))) assert.match(clean, /"clean": true/);
    await ask("programme/register-party", SENT);
    const told = [await servers[0]?.stop()];
    // What was restored serves; what was sealed under the key file is not opened by a passphrase.
    const restored = `npm start -- --data ${join(folder, "restored")} --log json`;
    servers.push(await serving(restored, { DIDYM_PASSPHRASE: PASSPHRASE }));
    await ask("certify/rotate-key", "recycler-one");
    // Whoever read the log is gone: the server is not.
    servers[1]?.deafen();
    for (let asked = 0; asked < 5; asked++) assert.ok((await fetch(live)).ok);
    told.push(await servers[1]?.stop());
    seenIn(told.join(""));
  } finally {
    await Promise.all(servers.map((one) => one.stop().catch(() => "")));
    rmSync(folder, { recursive: true, force: true });
  }
});

/** Says something secret in each place that a request has. */
async function ask(path: string, party: string): Promise<void> {
  const address = `http://127.0.0.1:${port}/api`;
  const headers = {
    "content-type": "application/json",
    "idempotency-key": SENT,
    authorization: `Bearer ${SENT}`,
  };
  const body = JSON.stringify({ party, name: SENT, kind: SENT });
  for (const url of [`${address}/${path}?x=${SENT}`, `${address}/${SENT}`])
    assert.ok((await fetch(url, { method: "POST", headers, body })).status < 500);
  await fetch(`${address}/metrics`, { headers });
}

function seenIn(log: string): void {
  const lines = log.trim().split("\n");
  const events = lines.map((line) => (JSON.parse(line) as { event: string }).event);
  assert.ok(events.includes("request") && events.includes("server"));
  const secret = (name: string) => readFileSync(join(folder, "secrets", name), "utf8").trim();
  const identity = secret("backup-identity.txt").split("\n");
  const recipient = /age1\w+/.exec(String(identity[0]))?.[0];
  const secrets = [
    SENT,
    PASSPHRASE,
    "Recycler One",
    secret("metrics.token"),
    secret("didym.key"),
    identity[1],
    recipient,
  ];
  for (const one of secrets) {
    assert.ok(one);
    assert.equal(log.includes(one), false, `${one.slice(0, 8)}… is in the log`);
  }
}
