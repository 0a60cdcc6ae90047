import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { createServer, request as forward } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { memoryPorts } from "../../../test/support/memory-ports.ts";
import { ownShell, type Ran } from "../../../test/support/own-shell.ts";
import { selfSigned } from "../../../test/support/self-signed.ts";
import { serveBooks } from "../../../test/support/served-books.ts";
import { readAddress } from "./address.ts";
import { withServer } from "./open.ts";

const shell = ownShell();
const refusalIn = ({ out }: Ran) =>
  (JSON.parse(out) as { refused: { code: string; message: string } }).refused;
const me = (origin: string, environment: Record<string, string> = {}) =>
  shell.run(["trust", "me", "--server", origin], { environment });

const LATER = new Date("2040-01-01T00:00:00Z");

describe("the line to a server", () => {
  it("T15: a server is https, or this machine, and nothing after its port; what may be a password is not repeated", async () => {
    for (const [stated, code] of [
      ["books.example", "server_malformed"],
      ["ftp://books.example", "server_malformed"],
      ["https:books.example", "server_malformed"],
      ["https://books.example/path", "server_malformed"],
      ["https://books.example/?a=b", "server_malformed"],
      ["https://anna:hunter2@books.example", "server_malformed"],
      ["http://books.example", "server_not_secure"],
      ["http://192.168.1.7:4680", "server_not_secure"],
      ["http://127.0.0.1.books.example", "server_not_secure"],
    ] as const) {
      const said = await me(stated);
      assert.deepEqual([said.exit, refusalIn(said).code], [2, code], stated);
      assert.doesNotMatch(said.out + said.err, /hunter2/);
    }
    for (const stated of [
      "http://127.0.0.1",
      "http://127.9.9.9:1",
      "http://[::1]:4680",
      "http://LOCALHOST/",
      "https://books.example",
    ])
      assert.ok(readAddress(stated, "--server").ok, stated);
  });

  it("T15: what is wrong with a certificate is one sentence, and nothing is sent; an own authority is named by a file", async () => {
    const [good, ended] = [
      selfSigned({ until: LATER }),
      selfSigned({ until: new Date("2021-01-01T00:00:00Z") }),
    ];
    const file = (name: string, text: string) => {
      writeFileSync(join(shell.folder, name), text);
      return join(shell.folder, name);
    };
    const served = await serveBooks(memoryPorts(), { tls: good });
    const named = `https://localhost:${served.port}`;
    await assert.rejects(me(named), /signed by nobody whom this machine trusts/);
    const own = { DIDYM_CA_FILE: file("own-ca.pem", good.cert) };
    await assert.rejects(me(served.origin, own), /its certificate is for other names than 127\.0\.0\.1/);
    const old = await serveBooks(memoryPorts(), { tls: ended });
    const trusted = { DIDYM_CA_FILE: file("old-ca.pem", ended.cert) };
    await assert.rejects(me(`https://localhost:${old.port}`, trusted), /its certificate has expired/);
    assert.deepEqual([...served.asked, ...old.asked], []);
    await assert.rejects(
      me(named, { DIDYM_CA_FILE: join(shell.folder, "none") }),
      /DIDYM_CA_FILE: .* cannot be read \(ENOENT\)/,
    );
    const said = await me(named, own);
    assert.deepEqual([said.exit, said.err], [0, ""]);
    const plain = await serveBooks(memoryPorts());
    await assert.rejects(me(plain.origin.replace("http:", "https:")), /it speaks no TLS there/);
  });

  it("T15 T20: redirects are not followed, and what is no Didym is shown no token and asked nothing", async () => {
    const token = join(shell.folder, "a.token");
    writeFileSync(token, "didym_1", { mode: 0o600 });
    for (const [status, headers, body, why] of [
      [
        302,
        { location: "http://127.0.0.1:1/" },
        "",
        /sends on to http:\/\/127\.0\.0\.1:1\/, which is not followed/,
      ],
      [200, { "content-type": "text/html" }, "<p>hello", /answered 200 with what no Didym says/],
      [200, { "content-type": "application/json" }, "{", /with what no Didym says/],
      [200, { "content-type": "application/json" }, "{}", /is no Didym/],
      [502, { "content-type": "text/plain" }, "bad gateway", /answered 502/],
      [400, { "content-type": "application/problem+json" }, "{}", /refused in a form that no Didym uses/],
    ] as const) {
      const other = await serveBooks(memoryPorts(), {
        instead: (_request, answer) => {
          answer.writeHead(status, headers).end(body);
          return true;
        },
      });
      await assert.rejects(me(other.origin, { DIDYM_TOKEN_FILE: token }), why);
      assert.deepEqual([other.asked, other.shown], [["GET /api/health/live"], [undefined]]);
    }
    await assert.rejects(me("http://127.0.0.1:1"), /nothing answers there: is the server running\?/);
    await assert.rejects(me("https://nowhere.invalid"), /there is no host of that name|cannot be looked up/);
  });

  it("T20: another version is said, and asked all the same; what it does not know it refuses", async () => {
    const served = await serveBooks({ ...memoryPorts(), version: "9.9.9" });
    const said = await me(served.origin);
    assert.equal(said.exit, 0);
    assert.match(said.err, /is version 9\.9\.9, this is test/);
  });

  it("T16: a fault there is one here, and named by its request; an absent database too", async () => {
    for (const [code, status] of [
      ["fault", 500],
      ["database_away", 503],
    ] as const) {
      const served = await serveBooks(memoryPorts(), {
        instead: ({ url }, answer) => {
          if (url === "/api/health/live") return false;
          const problem = { code, at: "server", detail: "it broke", request_id: "r-1" };
          answer
            .writeHead(status, { "content-type": "application/problem+json" })
            .end(JSON.stringify(problem));
          return true;
        },
      });
      await assert.rejects(me(served.origin), /it broke \(its log tells of it as r-1\)/);
    }
  });

  it("T16: an answer that never came leaves the key, under which the command is done once", async () => {
    const ports = memoryPorts();
    const served = await serveBooks(ports);
    const broken = await cutOff(served.port);
    const words = "programme register-party --party p-1 --name P --kind carrier".split(" ");
    const lost = await shell.run([...words, "--server", broken]).catch((cause: Error) => cause.message);
    assert.match(
      String(lost),
      /the connection ended before the answer was whole; whether it was done is not known/,
    );
    const [, key = ""] = /--key ([0-9a-f-]{36}) it is sent again/.exec(String(lost)) ?? [];
    assert.equal((await ports.store.head())?.seq, 1, "it was done");
    const again = await shell.run([...words, "--key", key, "--server", served.origin]);
    assert.deepEqual(JSON.parse(again.out), { answer: { party: "p-1" }, seq: 1, repeated: true });
  });

  it("T16: who keeps silent, and who says too much, is not listened to for ever", async () => {
    const served = await serveBooks(memoryPorts(), {
      instead: ({ url }, answer) => {
        if (url === "/long")
          answer.writeHead(200, { "content-type": "application/json" }).end("1".repeat(2000));
        return url !== "/api/health/live";
      },
    });
    const patience = { connect_ms: 5000, answer_ms: 5000, bytes_max: 1000 };
    const opening = { stated: served.origin, at: "", environment: {}, version: "test", say: () => {} };
    const asking = (path: string, answer_ms: number) =>
      withServer({ ...opening, patience: { ...patience, answer_ms } }, ({ ask }) =>
        ask({ method: "GET", path }),
      );
    await assert.rejects(asking("/silent", 300), /no answer came within 1 s/);
    await assert.rejects(asking("/long", 5000), /the answer is larger than/);
    const deaf = await unanswered();
    const far = {
      ...opening,
      stated: deaf.replace("http", "https"),
      patience: { ...patience, connect_ms: 100 },
    };
    await assert.rejects(
      withServer(far, ({ ask }) => ask({ method: "GET", path: "/" })),
      /no connection stood within 1 s/,
    );
  });
});

/** Stands before a server, and cuts the line when a command was answered. */
async function cutOff(port: number): Promise<string> {
  const server = createServer((given, answer) => {
    const { method = "GET", url = "/", headers } = given;
    const on = forward({ port, host: "127.0.0.1", method, path: url, headers }, (came) => {
      if (method === "POST") came.resume().on("end", () => given.socket.destroy());
      else came.pipe(answer.writeHead(came.statusCode ?? 0, came.headers));
    });
    given.pipe(on);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  after(() => server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Takes connections, and says nothing on them. */
async function unanswered(): Promise<string> {
  const { createServer: createPlain } = await import("node:net");
  const sockets: Socket[] = [];
  const server = createPlain((socket) => sockets.push(socket));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  after(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
