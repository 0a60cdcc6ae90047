import assert from "node:assert/strict";
import { chmodSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { worldBefore } from "../../../test/story/world.ts";
import { ownShell, type Ran } from "../../../test/support/own-shell.ts";
import { serveBooks } from "../../../test/support/served-books.ts";
import type { Ports } from "../../app/core/ports.ts";
import { registerPeople } from "../../sample/people.ts";
import { memorySessions } from "../../store/sessions.ts";

const shell = ownShell();
const { ports } = await worldBefore("intake read-manifest");
await registerPeople(ports, () => {});
const books: Ports = { ...ports, sessions: memorySessions() };
const served = await serveBooks(books, { signInRequired: true });
const at = ["--server", served.origin];

const folder = join(shell.folder, "didym", "servers");
const kept = join(folder, `http_127.0.0.1_${served.port}.json`);
const refusalIn = ({ out }: Ran) =>
  (JSON.parse(out) as { refused: { code: string; message: string } }).refused;

/** A token of the books, made by the machine's owner. */
async function token(words: string): Promise<string> {
  const { out } = await shell.run(["trust", "token", ...words.split(" ")], { books });
  return (JSON.parse(out) as { token: string }).token;
}

const signIn = (stdin: string, more: readonly string[] = []) =>
  shell.run(["trust", "sign-in", ...at, ...more], { stdin });
const me = (environment: Record<string, string> = {}) => shell.run(["trust", "me", ...at], { environment });

describe("signing in at a server", () => {
  it("T18: a token from standard input is tried, kept, shown with what is asked, and forgotten", async () => {
    assert.equal(refusalIn(await me()).code, "not_signed_in");
    const bearer = await token("--party sample-recycler --role administrator");
    const said = await signIn(`${bearer}\n`);
    assert.deepEqual([said.exit, said.err], [0, ""]);
    const { role, party, signed_in, kept: file } = JSON.parse(said.out) as Record<string, unknown>;
    assert.deepEqual([role, party, signed_in, file], ["administrator", "sample-recycler", true, kept]);
    assert.doesNotMatch(said.out + said.err, /didym_[0-9a-f]/, "told to nobody");
    assert.match((await me()).out, /"role": "administrator"/);
    const made = await shell.run([
      "trust",
      "token",
      "--party",
      "sample-recycler",
      "--role",
      "weigher",
      ...at,
    ]);
    assert.match(made.out, /"token": "didym_/, "an action, as who signed in");
    const other = await shell.run(["settle", "lot", "-", "--as", "accountant@sample-refiner", ...at], {
      stdin: "{}",
    });
    assert.equal(other.exit, 2);
    const out = await shell.run(["trust", "sign-out", ...at]);
    assert.deepEqual(JSON.parse(out.out), { server: served.origin, signed_in: false, forgotten: true });
    assert.equal(existsSync(kept), false);
    assert.equal(refusalIn(await me()).code, "not_signed_in");
    assert.match((await shell.run(["trust", "sign-out", ...at])).out, /"forgotten": false/);
  });

  it("T18: what nobody is known by is not kept, a token is never an argument, and no message repeats one", async () => {
    const secret = "didym_5ecre7";
    const nobody = await signIn(secret);
    assert.equal(refusalIn(nobody).code, "not_signed_in");
    const argued = await shell.run(["trust", "sign-in", secret, ...at]);
    assert.equal(refusalIn(argued).code, "word_unexpected");
    assert.match(argued.err, /never an argument/);
    const flagged = await shell.run(["trust", "sign-in", "--token", secret, ...at]);
    assert.equal(refusalIn(flagged).code, "flag_unknown");
    const odd = await signIn(`${secret} and more`);
    assert.equal(refusalIn(odd).code, "token_malformed");
    for (const { out, err } of [nobody, argued, flagged, odd])
      assert.ok(!(out + err).includes(secret), out + err);
    assert.equal(existsSync(kept), false);
    assert.equal(refusalIn(await shell.run(["trust", "sign-in"], { stdin: secret })).code, "server_missing");
  });

  it("T18: where somebody sits there it is asked for, and a token of a narrow scope signs in too", async () => {
    const bearer = await token('--party sample-recycler --role weigher --scope ["ship"]');
    const questions: string[] = [];
    const said = await shell.run(["trust", "sign-in", ...at], {
      askHidden: async (question) => {
        questions.push(question);
        return bearer;
      },
    });
    assert.deepEqual(questions, [`Token for ${served.origin} (it is not shown): `]);
    assert.match(said.out, /"scope": \[/);
    assert.equal(
      refusalIn(await shell.run(["ledger", "entries", ...at])).code,
      "not_allowed",
      "by its scope",
    );
    assert.equal((await shell.run(["ship", "list", ...at])).exit, 0);
    await shell.run(["trust", "sign-out", ...at]);
  });

  it("T18: --as-sample is a session of a sample person, held to their duties, and ended by sign-out", async () => {
    const said = await signIn("", ["--as-sample", "refiner-accountant"]);
    assert.deepEqual([said.exit, said.err], [0, ""]);
    assert.doesNotMatch(said.out, /didym_[0-9a-f]/);
    const session = (JSON.parse(readFileSync(kept, "utf8")) as { token: string }).token;
    assert.match((await me()).out, /"person": "refiner-accountant"/);
    const site =
      'programme register-site --site s --party sample-refiner --name S --zip 46204 --capabilities ["store"]';
    const refused = await shell.run([...site.split(" "), ...at]);
    assert.match(
      refusalIn(refused).message,
      /programme register-site is for administrator, planner of a firm/,
    );
    await shell.run(["trust", "sign-out", ...at]);
    writeFileSync(kept, JSON.stringify({ server: served.origin, token: session }), { mode: 0o600 });
    assert.equal(refusalIn(await me()).code, "not_signed_in", "ended there too");
    assert.equal(refusalIn(await signIn("", ["--as-sample", "constructor"])).code, "person_unknown");
    await shell.run(["trust", "sign-out", ...at]);
  });

  it("T19: what is kept is this user's alone and this server's alone; what others may read is refused", async () => {
    const bearer = await token("--party sample-recycler --role planner");
    await signIn(bearer);
    assert.equal(statSync(kept).mode & 0o777, 0o600);
    assert.equal(statSync(folder).mode & 0o777, 0o700);
    assert.deepEqual(readdirSync(folder), [`http_127.0.0.1_${served.port}.json`], "nothing half written");
    const other = await serveBooks(books);
    await shell.run(["trust", "me", "--server", other.origin]);
    assert.deepEqual(other.shown, [undefined, undefined], "not sent to another server");
    for (const mode of [0o640, 0o604, 0o660]) {
      chmodSync(kept, mode);
      const said = await me();
      assert.deepEqual([said.exit, refusalIn(said).code], [2, "token_file_open"], mode.toString(8));
    }
    await signIn(bearer);
    assert.equal((await me()).exit, 0, "signing in again puts it right");
    writeFileSync(kept, JSON.stringify({ server: "https://elsewhere.example", token: bearer }));
    assert.equal(refusalIn(await me()).code, "token_malformed", "a file put in its place");
    await shell.run(["trust", "sign-out", ...at]);
  });

  it("T19: a program names the file of its token, which comes before what was kept", async () => {
    const file = join(shell.folder, "scale.token");
    const environment = { DIDYM_TOKEN_FILE: file };
    assert.equal(refusalIn(await me(environment)).code, "file_missing");
    writeFileSync(file, `${await token("--party sample-refiner --role weigher")}\n`, { mode: 0o600 });
    await signIn(await token("--party sample-recycler --role planner"));
    assert.match((await me(environment)).out, /"role": "weigher"/);
    assert.match((await me()).out, /"role": "planner"/);
    chmodSync(file, 0o644);
    assert.equal(refusalIn(await me(environment)).code, "token_file_open");
    await shell.run(["trust", "sign-out", ...at]);
  });
});
