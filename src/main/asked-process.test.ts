import assert from "node:assert/strict";
import type { ChildProcess } from "node:child_process";
import { writeFileSync } from "node:fs";
import { createServer, request as forward } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { after, test } from "node:test";
import type pg from "pg";
import { freshDatabase, poolOn } from "../../test/support/database.ts";
import { ownShell } from "../../test/support/own-shell.ts";
import { ownKeyFile } from "../../test/support/sealing.ts";
import { serverProcess, startProgram } from "../../test/support/server-process.ts";
import { portsOn } from "./ports.ts";

const shell = ownShell();
const serving = (config: pg.PoolConfig) => serverProcess(config, shell.folder);

/** The command line as a program of its own. */
async function didym(
  args: readonly string[],
  stdin = "",
  environment: Readonly<Record<string, string>> = {},
) {
  const { child, said, ended } = startProgram("didym.ts", args, {
    XDG_CONFIG_HOME: shell.folder,
    ...environment,
  });
  child.stdin.end(stdin);
  const exit = await ended;
  return { exit, ...said };
}

/** Stands before a server, and ends both, the server by force, when it answers a command. */
async function killedBy({ port, child }: { port: number; child: ChildProcess }): Promise<string> {
  const proxy = createServer((given, answer) => {
    const { method = "GET", url = "/", headers } = given;
    const on = forward({ port, host: "127.0.0.1", method, path: url, headers }, (came) => {
      if (method !== "POST") return came.pipe(answer.writeHead(came.statusCode ?? 0, came.headers));
      child.kill("SIGKILL");
      return given.socket.destroy();
    });
    on.on("error", () => given.socket.destroy());
    given.pipe(on);
  });
  await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
  after(() => proxy.close());
  return `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
}

test("T14 T16 T18: program against program: sign in, be held to the duties, lose the server in the middle, and be answered by the next", {
  timeout: 60_000,
}, async () => {
  const config = await freshDatabase();
  const pool = poolOn(config, 4);
  after(() => pool.end());
  const books = portsOn(pool, undefined, ownKeyFile());
  const owner = async (words: string) => {
    const { exit, out } = await shell.run(words.split(" "), { books });
    assert.equal(exit, 0, out);
    return JSON.parse(out) as Record<string, unknown>;
  };
  await owner("programme register-party --party one --name One --kind recycler");
  const { token } = await owner("trust token --party one --role administrator");

  const first = await serving(config);
  const signedIn = await didym(["trust", "sign-in", "--server", first.origin], String(token));
  assert.deepEqual([signedIn.exit, signedIn.err], [0, ""], signedIn.out);
  const site = "--site s-1 --party one --name North --zip 46204 --capabilities".split(" ");
  const register = ["programme", "register-site", ...site, '["store"]', "--server", first.origin];
  const done = await didym([...register, "--key", "k-1"]);
  assert.deepEqual([done.exit, (JSON.parse(done.out) as { repeated: boolean }).repeated], [0, false]);
  const refused = await didym(["intake", "open-lots", "--consignment", "C-1", "--server", first.origin]);
  assert.deepEqual([refused.exit, /"code":"not_allowed"/.test(refused.out)], [2, true], refused.out);

  const before = await killedBy(first);
  const file = join(shell.folder, "one.token");
  writeFileSync(file, `${token}\n`, { mode: 0o600 });
  const program = { DIDYM_TOKEN_FILE: file };
  const person = "trust register-person --person u-1 --party one --role planner --key k-2 --server".split(
    " ",
  );
  const cut = await didym([...person, before], "", program);
  assert.deepEqual([cut.exit, cut.out], [1, ""]);
  assert.match(cut.err, /^didym: .*whether it was done is not known: with --key k-2 it is sent again/m);
  await first.ended;
  const second = await serving(config);
  const again = await didym([...person, second.origin], "", program);
  assert.equal((JSON.parse(again.out) as { repeated: boolean }).repeated, true, again.out + again.err);
  second.child.kill("SIGTERM");
  await second.ended;
});
