import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { worldBefore } from "../../test/story/world.ts";
import { memoryPorts } from "../../test/support/memory-ports.ts";
import { ownShell } from "../../test/support/own-shell.ts";
import { serveBooks } from "../../test/support/served-books.ts";
import type { Ports } from "../app/core/ports.ts";
import { registerPeople } from "../sample/people.ts";
import { memorySessions } from "../store/sessions.ts";

const shell = ownShell();
const READ = "intake read-manifest";

/** Books of the story that wait for a manifest, with the sample people. */
async function ownBooks(): Promise<Ports> {
  const { ports } = await worldBefore(READ);
  await registerPeople(ports, () => {});
  return { ...ports, sessions: memorySessions() };
}

const served = await serveBooks(await ownBooks());
const books = await ownBooks();
const at = ["--server", served.origin];

const refusalIn = (out: string) =>
  (JSON.parse(out) as { refused: { code: string; at: string; message: string } }).refused;

/** The same words on a server and on a data folder with the same books: the same answer, and the same exit. */
async function alike(words: string, stdin = "") {
  const argv = words.split(" ");
  const there = await shell.run([...argv, ...at], { stdin });
  const here = await shell.run(argv, { stdin, books });
  assert.deepEqual([there.exit, timeless(there.out)], [here.exit, timeless(here.out)], words);
  return there;
}
/** Seconds of a calculation are never twice the same. */
const timeless = (out: string) => out.replace(/"seconds": [\d.e-]+/, '"seconds": …');

describe("the command line against a server", () => {
  it("T14: queries, commands, calculations and files are answered as on a data folder, with its exit codes", async () => {
    const list = await alike("programme parties --limit 2");
    assert.equal((JSON.parse(list.out) as { items: object[] }).items.length, 2);
    const party = "programme register-party --party p-1 --name P --kind carrier --key k-1";
    assert.match((await alike(party)).out, /"repeated": false/);
    assert.match((await alike(party)).out, /"repeated": true/);
    assert.equal(
      refusalIn((await alike(`${party}2 --name Q`.replace("--name P ", ""))).out).code,
      "party_name_taken",
    );
    assert.equal((await alike(`${party} --note x`)).exit, 2, "another content under the same key");
    const manifest = "description,qty\nSeagate ST2000DM008 2TB 3.5 HDD,600\nunlabelled tray,many\n";
    const read = await alike("intake read-manifest - --consignment C-1 --name a.csv --key k-2", manifest);
    assert.match(read.out, /"rejected": 1/);
    assert.equal((await alike("trust duties --role approver")).out.split("\n").length > 50, true, "rows");
    assert.match((await alike('column select EDTA --feed {"Nd":1,"Pr":1}')).out, /"run": \{/);
    const passport = join(shell.folder, "passport.json");
    writeFileSync(passport, '{"type": ["VerifiableCredential"]}');
    const verified = await alike(`certify verify ${passport} ${passport}`);
    assert.deepEqual([verified.exit, /"accepted": false/.test(verified.out)], [2, true]);
    const unknown = await alike("programme change-site --site nowhere --status closed --why x --key k-3");
    assert.deepEqual([unknown.exit, refusalIn(unknown.out).code], [2, "site_unknown"]);
    const close = await alike("prepare step - --key k-4", '{"kind":"sort"}');
    assert.equal(refusalIn(close.out).code, "input_malformed");
    const job = await alike("jobs show --job J-1");
    assert.equal(refusalIn(job.out).code, "job_unknown");
  });

  it("T14: a command tells its key before it is sent, who is stated is sent, and an action is refused as there", async () => {
    const words = "programme register-party --party p-2 --name P2 --kind carrier".split(" ");
    const said = await shell.run([...words, ...at]);
    await shell.run(words, { books });
    assert.match(said.err, /request key [0-9a-f-]{36}/);
    const seq = (JSON.parse(said.out) as { seq: number }).seq;
    const stated = await shell.run([
      ..."programme change-party --party sample-refiner --name X --why y --as driver@sample-carrier".split(
        " ",
      ),
      ...at,
    ]);
    assert.equal(refusalIn(stated.out).code, "party_differs");
    const entries = await shell.run(["ledger", "entries", "--after", String(seq - 1), "--limit", "1", ...at]);
    assert.match(entries.out, /"verified": false/);
    assert.doesNotMatch(entries.out, /"owner": true/);
    const token = await shell.run([
      ..."trust token --party sample-recycler --role weigher".split(" "),
      ...at,
    ]);
    assert.equal(refusalIn(token.out).code, "not_signed_in");
    assert.match(token.err, /sign in with: didym trust sign-in --server http:\/\/127/);
  });

  it("T14: DIDYM_SERVER is the usual server, of what needs books; a flag comes before it", async () => {
    const environment = { DIDYM_SERVER: served.origin };
    const before = served.asked.length;
    const select = ["column", "select", "EDTA", "--feed", '{"Nd":1,"Pr":1}'];
    assert.equal((await shell.run(select, { environment })).exit, 0);
    assert.equal(served.asked.length, before, "worked out here");
    assert.equal((await shell.run([...select, ...at])).exit, 0);
    assert.deepEqual(served.asked.slice(before), ["GET /api/health/live", "POST /api/column/select"]);
    const mine = await shell.run(["trust", "me", "--data", "x"], { environment, books });
    assert.match(mine.out, /"owner": true/);
    assert.match((await shell.run(["trust", "me"], { environment, books })).out, /"owner": false/);
    const both = await shell.run(["trust", "me", "--data", "x", ...at]);
    assert.deepEqual([both.exit, refusalIn(both.out).code], [2, "server_and_data"]);
  });

  it("T17: what works on a data folder alone refuses a server, and under DIDYM_SERVER asks for the folder", async () => {
    const environment = { DIDYM_SERVER: served.origin };
    for (const words of [
      "ledger audit",
      "ledger backup x.gz",
      "ledger restore x.gz",
      "trust sbom",
      "ledger make-identity x",
    ]) {
      const said = await shell.run([...words.split(" "), ...at]);
      assert.deepEqual([said.exit, refusalIn(said.out).code], [2, "not_on_a_server"], words);
      assert.match(
        said.err,
        /^didym: refused: didym [a-z-]+ [a-z-]+ (works on a data folder alone|is of this installation)/,
      );
    }
    assert.equal(refusalIn((await shell.run(["ledger", "audit"], { environment })).out).at, "DIDYM_SERVER");
    assert.equal((await shell.run(["trust", "licences"], { environment })).exit, 0, "of this installation");
    const folder = ["ledger", "audit", "--data", "x"];
    await assert.rejects(shell.run(folder, { environment }), /the data folder was opened/);
  });

  it("T21: a document is handed out by its digest, the same from a server and a data folder, and over no file", async () => {
    const text = "description,qty\nApple iPhone 12,40\n";
    const read = await alike("intake read-manifest - --consignment C-1 --name b.csv --key k-9", text);
    const { digest } = (JSON.parse(read.out) as { answer: { digest: string } }).answer;
    assert.equal((await alike(`ledger document ${digest}`)).out, text);
    const file = join(shell.folder, "b.csv");
    const out = await shell.run(["ledger", "document", digest, "--out", file, ...at]);
    assert.deepEqual(JSON.parse(out.out), {
      digest,
      media_type: "text/csv",
      name: "b.csv",
      size_bytes: text.length,
      file,
    });
    assert.equal(readFileSync(file, "utf8"), text);
    const again = await shell.run(["ledger", "document", digest, "--out", file, ...at]);
    assert.equal(refusalIn(again.out).code, "file_exists");
    assert.equal(refusalIn((await alike(`ledger document ${"0".repeat(64)}`)).out).code, "not_found");
    assert.equal(refusalIn((await alike("ledger document 12")).out).code, "digest_malformed");
    const other = await serveBooks(memoryPorts(), {
      instead: ({ url = "" }, answer) => {
        if (url.includes("documents"))
          answer.writeHead(200, { "content-type": "text/csv" }).end("another text");
        return url.includes("documents");
      },
    });
    await assert.rejects(shell.run(["ledger", "document", digest, "--server", other.origin]), /is not what/);
  });
});
