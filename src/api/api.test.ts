import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it } from "node:test";
import fc from "fast-check";
import type { Hono } from "hono";
import { z } from "zod";
import { memoryPorts } from "../../test/support/memory-ports.ts";
import { documentOf } from "../app/documents.ts";
import { parseInput } from "../app/perform.ts";
import { calculation, query } from "../app/use-case.ts";
import { useCases } from "../app/use-cases.ts";
import { createApi } from "./index.ts";
import { type Problem, statusOf } from "./problem.ts";

const PARTY = { party: "sample-lab", name: "Sample Laboratory", kind: "laboratory", sample: true };
const REGISTER = "/api/programme/register-party";

const api = () => createApi({ ports: memoryPorts(), useCases });

const post = (
  app: Hono,
  path: string,
  body: string | Uint8Array<ArrayBuffer>,
  headers: Record<string, string> = {},
) =>
  app.request(path, {
    method: "POST",
    body,
    headers: { "content-type": "application/json", "idempotency-key": "k-1", ...headers },
  });

async function problemIn(response: Response | Promise<Response>): Promise<Problem> {
  const answer = await response;
  assert.equal(answer.headers.get("content-type"), "application/problem+json");
  const problem = (await answer.json()) as Problem;
  assert.equal(problem.status, answer.status);
  assert.equal(problem.type, `urn:didym:refusal:${problem.code}`);
  assert.ok(problem.title && problem.detail && problem.at, JSON.stringify(problem));
  return problem;
}

describe("API routes", () => {
  it("A1 lists every use case in OpenAPI, by its method and with an example its schema takes", async () => {
    const document = (await (await api().request("/api/openapi.json")).json()) as Record<string, unknown>;
    assert.equal(document["openapi"], "3.1.0");
    const paths = document["paths"] as Record<string, Record<string, { requestBody?: unknown }>>;
    for (const useCase of useCases) {
      const operation = paths[`/api/${useCase.room}/${useCase.verb}`];
      assert.deepEqual(Object.keys(operation ?? {}), [useCase.type === "query" ? "get" : "post"]);
      const parsed = parseInput(useCase, useCase.example);
      assert.ok(parsed.ok, `${useCase.room} ${useCase.verb}: ${parsed.ok || parsed.refusal.message}`);
    }
    const own = ["/api/documents/{digest}", "/api/health"];
    assert.equal(Object.keys(paths).length, useCases.length + own.length);
  });

  it("A1 writes an OpenAPI document whose references, names and placeholders hold together", async () => {
    const document = (await (await api().request("/api/openapi.json")).json()) as Record<string, unknown>;
    const ids = new Set<string>();
    const walk = (value: unknown, at: string): void => {
      if (typeof value !== "object" || value === null) return;
      for (const [key, inner] of Object.entries(value)) {
        if (key === "$ref" && String(inner).startsWith("#/components")) {
          const found = String(inner)
            .slice(2)
            .split("/")
            .reduce<unknown>((node, part) => (node as Record<string, unknown> | undefined)?.[part], document);
          assert.ok(found, `${at}: ${String(inner)} leads nowhere`);
        }
        if (key === "operationId") {
          assert.ok(!ids.has(String(inner)), `${String(inner)} twice`);
          ids.add(String(inner));
        }
        walk(inner, `${at}/${key}`);
      }
    };
    walk(document, "");
    assert.equal(ids.size, useCases.length + 2);
    for (const [path, methods] of Object.entries(
      document["paths"] as Record<string, Record<string, never>>,
    )) {
      for (const operation of Object.values(methods) as { parameters?: { name: string; in: string }[] }[]) {
        const inPath = (operation.parameters ?? []).filter((p) => p.in === "path").map((p) => p.name);
        assert.deepEqual(
          inPath,
          [...path.matchAll(/\{(\w+)\}/g)].map((m) => m[1]),
        );
      }
    }
  });

  it("A1 answers every query on empty books with an answer or a refusal, never a fault", async () => {
    const app = api();
    for (const useCase of useCases.filter((u) => u.type === "query")) {
      const query = new URLSearchParams(
        Object.entries(useCase.example as object).map(([k, v]): [string, string] => [k, String(v)]),
      );
      const answer = await app.request(`/api/${useCase.room}/${useCase.verb}?${query}`);
      assert.ok([200, 404, 422].includes(answer.status), `${useCase.room} ${useCase.verb}: ${answer.status}`);
    }
  });

  it("A1 answers every example of a calculation, with its run", async () => {
    const app = api();
    for (const useCase of useCases.filter((u) => u.type === "calculation")) {
      const answer = await post(app, `/api/${useCase.room}/${useCase.verb}`, JSON.stringify(useCase.example));
      assert.equal(answer.status, 200, `${useCase.room} ${useCase.verb}`);
      const body = (await answer.json()) as { run?: { version: string; input_sha256: string } };
      if (Array.isArray(body)) continue;
      assert.equal(body.run?.version, "test");
      assert.match(body.run?.input_sha256 ?? "", /^[0-9a-f]{64}$/);
    }
  });

  it("A1 answers every example of a command on empty books, done or refused, never a fault", async () => {
    for (const useCase of useCases.filter((u) => u.type === "command")) {
      const answer = await post(
        api(),
        `/api/${useCase.room}/${useCase.verb}`,
        JSON.stringify(useCase.example),
      );
      const text = await answer.text();
      assert.ok([201, 404, 409, 422].includes(answer.status), `${useCase.room} ${useCase.verb}: ${text}`);
    }
  });

  it("A10 answers 404 for an unknown path and 405 with Allow for another method", async () => {
    assert.equal((await problemIn(api().request("/api/nowhere"))).code, "not_found");
    const answer = await api().request(REGISTER);
    assert.equal(answer.status, 405);
    assert.equal(answer.headers.get("allow"), "POST");
    assert.equal((await problemIn(answer)).code, "method_not_allowed");
    assert.equal((await post(api(), "/api/programme/parties", "{}")).headers.get("allow"), "GET");
    assert.equal((await api().request("/api/programme/parties", { method: "HEAD" })).status, 200);
  });

  it("A16 shows every call on a page without script", async () => {
    const page = await (await api().request("/api/docs")).text();
    for (const { room, verb } of useCases) assert.ok(page.includes(`/api/${room}/${verb}<`), verb);
    assert.ok(!/<script|src=|https?:\/\/(?!127\.0\.0\.1)/.test(page.replace(/<pre>[\s\S]*?<\/pre>/g, "")));
    assert.ok(page.includes("color-scheme: light dark"));
  });
});

describe("API commands", () => {
  it("A2 answers a command once and a repeat with the same answer", async () => {
    const app = api();
    const first = await post(app, REGISTER, JSON.stringify(PARTY));
    assert.equal(first.status, 201);
    const { answer, seq, repeated } = (await first.json()) as Record<string, unknown>;
    assert.equal(repeated, false);
    const again = await post(app, REGISTER, JSON.stringify(PARTY));
    assert.equal(again.status, 200);
    assert.deepEqual(await again.json(), { answer, seq, repeated: true });
  });

  it("A3 refuses a command without a key, a malformed key, and a key used for other content", async () => {
    const app = api();
    await post(app, REGISTER, JSON.stringify(PARTY));
    const missing = app.request(REGISTER, {
      method: "POST",
      body: JSON.stringify(PARTY),
      headers: { "content-type": "application/json" },
    });
    assert.deepEqual(await problemIn(missing).then((p) => [p.status, p.code]), [400, "key_missing"]);
    const spaced = post(app, REGISTER, JSON.stringify(PARTY), { "idempotency-key": "a b" });
    assert.deepEqual(await problemIn(spaced).then((p) => [p.status, p.code]), [400, "key_malformed"]);
    const reused = post(app, REGISTER, JSON.stringify({ ...PARTY, name: "Another" }));
    assert.deepEqual(await problemIn(reused).then((p) => [p.status, p.code]), [409, "key_reused"]);
  });

  it("A4 records the actor as stated and unverified", async () => {
    const ports = memoryPorts();
    const app = createApi({ ports, useCases });
    await post(app, REGISTER, JSON.stringify(PARTY), { "didym-actor": "planner@sample-recycler" });
    await post(app, REGISTER, JSON.stringify({ ...PARTY, party: "other" }), { "idempotency-key": "k-2" });
    const actors = (await ports.store.entries({ after: 0, limit: 9 })).map((e) => e.actor);
    assert.deepEqual(actors, [
      { role: "planner", party: "sample-recycler", verified: false },
      { role: "unstated", party: "unstated", verified: false },
    ]);
    const wrong = post(app, REGISTER, JSON.stringify(PARTY), { "didym-actor": "nobody" });
    assert.equal((await problemIn(wrong)).code, "actor_malformed");
  });
});

describe("API refusals", () => {
  it("A5 gives each code its status", () => {
    const expected: Record<string, number> = {
      input_malformed: 400,
      key_missing: 400,
      lot_unknown: 404,
      passport_unknown: 404,
      element_unknown: 422,
      mass_unit_unknown: 422,
      party_name_taken: 409,
      key_reused: 409,
      someone_wrote_first: 409,
      already_received: 409,
      too_busy: 503,
      mass_exceeds_lot: 422,
    };
    for (const [code, status] of Object.entries(expected)) assert.equal(statusOf(code), status, code);
  });

  it("A5 names the field that is wrong, and a field nobody knows", async () => {
    const kind = await problemIn(post(api(), REGISTER, JSON.stringify({ ...PARTY, kind: "wizard" })));
    assert.deepEqual([kind.status, kind.code, kind.at], [400, "input_malformed", "kind"]);
    const extra = await problemIn(post(api(), REGISTER, JSON.stringify({ ...PARTY, colour: "red" })));
    assert.deepEqual([extra.status, extra.code], [400, "input_malformed"]);
    assert.match(extra.detail, /colour/);
    const query = await problemIn(api().request("/api/programme/parties?limit=many"));
    assert.deepEqual([query.status, query.at], [400, "limit"]);
  });

  it("A6 refuses a body over the limit without taking it in, stated or not", async () => {
    const declared = await problemIn(
      post(api(), REGISTER, "{}", { "content-length": String(100 * 1024 * 1024) }),
    );
    assert.deepEqual([declared.status, declared.code], [413, "too_large"]);
    let taken = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        taken += 1024 * 1024;
        controller.enqueue(new Uint8Array(1024 * 1024).fill(32));
      },
    });
    const request = new Request(`http://localhost${REGISTER}`, {
      method: "POST",
      body: endless,
      headers: { "content-type": "application/json", "idempotency-key": "k" },
      duplex: "half",
    });
    assert.equal((await problemIn(api().request(request))).status, 413);
    assert.ok(taken < 20 * 1024 * 1024, `${taken} bytes were taken in`);
  });

  it("A7 refuses what is not JSON by its content type, charset or encoding", async () => {
    const headers: Record<string, string>[] = [
      { "content-type": "text/csv" },
      { "content-type": "application/x-www-form-urlencoded" },
      { "content-type": "application/json; charset=latin1" },
      { "content-encoding": "gzip" },
    ];
    for (const given of headers) {
      const refused = await problemIn(post(api(), REGISTER, JSON.stringify(PARTY), given));
      assert.deepEqual([refused.status, refused.code], [415, "content_type_unsupported"]);
    }
    const fine = await post(api(), REGISTER, JSON.stringify(PARTY), {
      "content-type": "application/json; charset=UTF-8",
    });
    assert.equal(fine.status, 201);
  });

  it("A8 names what is not UTF-8, and the position of what is not JSON", async () => {
    const encoded = await problemIn(post(api(), REGISTER, new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x7d])));
    assert.deepEqual([encoded.status, encoded.code], [400, "not_utf8"]);
    assert.match(encoded.detail, /byte 2/);
    const malformed = await problemIn(post(api(), REGISTER, '{\n "party": x}'));
    assert.deepEqual([malformed.status, malformed.code], [400, "json_malformed"]);
    assert.deepEqual(malformed.numbers, { position: 12, line: 2, column: 11 });
    assert.equal((await problemIn(post(api(), REGISTER, ""))).code, "json_malformed");
    assert.equal((await problemIn(api().request("/api/programme/parties?kind=%ff"))).code, "not_utf8");
    assert.equal((await problemIn(api().request("/api/programme/parties?limit=1&limit=2"))).at, "limit");
  });

  it("A9 refuses NUL, numbers beyond bounds and endless nesting, whatever the schema", async () => {
    const deep = `${"[".repeat(100_000)}${"]".repeat(100_000)}`;
    const bodies = [
      JSON.stringify({ ...PARTY, name: "a\0b" }),
      `{"party": "x", "name": 1e999}`,
      JSON.stringify({ ...PARTY, name: "\ud800" }),
      `{"credential": ${deep}}`,
    ];
    for (const [i, body] of bodies.entries()) {
      const path = i === 3 ? "/api/certify/verify" : REGISTER;
      assert.equal((await problemIn(post(api(), path, body))).code, "input_malformed");
    }
    assert.equal((await problemIn(api().request("/api/ledger/lots?place=%00"))).at, "place");
  });

  it("A9 gives no fault for any JSON sent to any command or calculation", async () => {
    const app = api();
    const routes = useCases.filter((u) => u.type !== "query");
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.jsonValue({ maxDepth: 3 }), fc.nat(), async (n, junk, which) => {
        const useCase = routes[n % routes.length];
        if (!useCase) return;
        const example = useCase.example as Record<string, unknown>;
        const names = Object.keys(example);
        const name = names[which % Math.max(1, names.length)];
        const body = name === undefined || which % 5 === 0 ? junk : { ...example, [name]: junk };
        const path = `/api/${useCase.room}/${useCase.verb}`;
        const answer = await post(app, path, JSON.stringify(body), { "idempotency-key": `k-${n}-${which}` });
        assert.notEqual(answer.status, 500, `${path} ${JSON.stringify(body)}`);
      }),
      { numRuns: 300 },
    );
  });

  it("A11 answers a fault without its inside, and tells the log", async () => {
    const told: string[] = [];
    const broken = query({
      room: "test",
      verb: "broken",
      summary: "breaks",
      input: z.object({}),
      example: {},
      answer: async () => {
        throw new Error("secret inside");
      },
    });
    const app = createApi({
      ports: memoryPorts(),
      useCases: [broken],
      onFault: (error) => void told.push(error.message),
    });
    const problem = await problemIn(app.request("/api/test/broken"));
    assert.deepEqual([problem.status, problem.code], [500, "fault"]);
    assert.ok(!JSON.stringify(problem).includes("secret"));
    assert.deepEqual(told, ["secret inside"]);
  });

  it("A12 answers to local names only, where it is bound to loopback", async () => {
    const app = createApi({ ports: memoryPorts(), useCases, localNamesOnly: true });
    const ask = (headers: Record<string, string>) => app.request("/api/health", { headers });
    for (const host of ["localhost:4680", "127.0.0.1:4680", "[::1]:4680", "LOCALHOST"])
      assert.equal((await ask({ host })).status, 200, host);
    assert.equal((await problemIn(ask({ host: "elsewhere.example" }))).code, "host_foreign");
    assert.equal((await problemIn(ask({ host: "127.0.0.1.elsewhere.example" }))).status, 403);
    assert.equal((await ask({ host: "localhost:4680", origin: "http://localhost:5173" })).status, 200);
    for (const origin of ["https://elsewhere.example", "null"])
      assert.equal((await ask({ host: "localhost:4680", origin })).status, 403, origin);
  });
});

describe("API documents and web app", () => {
  it("A13 serves a document by its digest, and a page only as a download", async () => {
    const ports = memoryPorts();
    const stored = [
      documentOf("über/certificate.pdf", "application/pdf", new Uint8Array([37, 80])),
      documentOf("page.html", "text/html", new Uint8Array([60])),
    ];
    const app = createApi({
      ports: {
        ...ports,
        store: { ...ports.store, document: async (digest) => stored.find((d) => d.digest === digest) },
      },
      useCases,
    });
    const pdf = await app.request(`/api/documents/${stored[0]?.digest}`);
    assert.equal(pdf.headers.get("content-type"), "application/pdf");
    assert.match(
      pdf.headers.get("content-disposition") ?? "",
      /^inline; filename="_ber_certificate\.pdf"; filename\*=UTF-8''%C3%BCber%2Fcertificate\.pdf$/,
    );
    assert.match(pdf.headers.get("cache-control") ?? "", /immutable/);
    assert.deepEqual(new Uint8Array(await pdf.arrayBuffer()), new Uint8Array([37, 80]));
    const html = await app.request(`/api/documents/${stored[1]?.digest}`);
    assert.equal(html.headers.get("content-type"), "application/octet-stream");
    assert.match(html.headers.get("content-disposition") ?? "", /^attachment/);
    for (const digest of ["0".repeat(64), "nothing", "..%2f"])
      assert.equal((await problemIn(app.request(`/api/documents/${digest}`))).status, 404);
  });

  it("A14 serves the files of the web app and its page for every other path, and nothing outside", async () => {
    const dir = mkdtempSync(join(tmpdir(), "didym-web-"));
    const webDir = join(dir, "web");
    mkdirSync(join(webDir, "assets"), { recursive: true });
    writeFileSync(join(webDir, "index.html"), "<title>app</title>");
    writeFileSync(join(webDir, "assets", "a-1234.js"), "let a");
    writeFileSync(join(dir, "secret.txt"), "secret");
    const app = createApi({ ports: memoryPorts(), useCases, webDir });
    try {
      const page = await app.request("/lots/L-1");
      assert.match(await page.text(), /<title>app/);
      assert.equal(page.headers.get("cache-control"), "no-cache");
      const asset = await app.request("/assets/a-1234.js");
      assert.equal(await asset.text(), "let a");
      assert.match(asset.headers.get("cache-control") ?? "", /immutable/);
      assert.equal(
        (await app.request("/assets/a-1234.js", { method: "HEAD" })).headers.get("content-length"),
        "5",
      );
      for (const path of [
        "/assets/gone.js",
        "/..%2fsecret.txt",
        "/%2e%2e/secret.txt",
        "/assets/..%2f..%2fsecret.txt",
      ])
        assert.equal((await app.request(path)).status, 404, path);
      assert.equal((await problemIn(app.request("/%ff"))).status, 400);
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  });

  it("A15 sends security headers with every answer", async () => {
    const app = api();
    for (const path of ["/api/health", "/api/docs", "/api/nowhere"]) {
      const { headers } = await app.request(path);
      assert.match(
        headers.get("content-security-policy") ?? "",
        /default-src 'self'.*frame-ancestors 'none'/,
      );
      assert.equal(headers.get("x-content-type-options"), "nosniff");
      assert.equal(headers.get("cache-control"), "no-store");
    }
  });

  it("A2 adds the seed of a calculation to its run", async () => {
    const seeded = calculation({
      room: "test",
      verb: "seeded",
      summary: "draws",
      input: z.object({ seed: z.number().int() }),
      example: { seed: 7 },
      compute: async (_ports, { seed }) => ({ ok: true, value: { twice: seed * 2 } }),
    });
    const app = createApi({ ports: memoryPorts(), useCases: [seeded] });
    const answer = (await (await post(app, "/api/test/seeded", '{"seed":7}')).json()) as {
      twice: number;
      run: { seed: number };
    };
    assert.deepEqual([answer.twice, answer.run.seed], [14, 7]);
  });
});
