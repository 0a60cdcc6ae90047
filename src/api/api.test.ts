import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it } from "node:test";
import { z } from "zod";
import { api, PARTY, post, problemIn, REGISTER } from "../../test/support/api-calls.ts";
import { memoryPorts } from "../../test/support/memory-ports.ts";
import { documentOf } from "../app/core/documents.ts";
import { parseInput } from "../app/core/perform.ts";
import { calculation } from "../app/core/use-case.ts";
import { useCases } from "../app/use-cases.ts";
import { createApi } from "./index.ts";

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
    const own = [
      "/api/documents/{digest}",
      "/api/health",
      "/api/health/live",
      "/api/health/ready",
      "/api/metrics",
      "/api/events",
      "/api/jobs",
      "/api/jobs/{job}",
    ];
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
    assert.equal(ids.size, useCases.length + 10);
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
      assert.ok(
        [200, 401, 404, 422].includes(answer.status),
        `${useCase.room} ${useCase.verb}: ${answer.status}`,
      );
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
      // What only who is known may give is refused as that.
      const known = useCase.type === "command" && (useCase.known || useCase.signedIn);
      assert.ok(
        (known ? [401] : [201, 404, 409, 422]).includes(answer.status),
        `${useCase.room} ${useCase.verb}: ${text}`,
      );
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
    const app = createApi({ signIn: "offered", ports, useCases });
    await post(app, REGISTER, JSON.stringify(PARTY), { "didym-actor": "planner@sample-recycler" });
    await post(app, REGISTER, JSON.stringify({ ...PARTY, party: "other" }), { "idempotency-key": "k-2" });
    const actors = (await ports.store.entries({ after: 0, limit: 9 })).map((e) => e.actor);
    assert.deepEqual(actors, [
      { role: "planner", party: "sample-recycler", verified: false },
      { role: "unstated", party: "unstated", verified: false },
    ]);
    const wrong = post(app, REGISTER, JSON.stringify(PARTY), { "didym-actor": "nobody" });
    assert.equal((await problemIn(wrong)).code, "actor_malformed");
    const misshapen = post(app, REGISTER, JSON.stringify({ ...PARTY, naem: "x" }), {
      "didym-actor": "nobody",
    });
    assert.equal((await problemIn(misshapen)).code, "field_unknown", "shape comes first, as in the shell");
  });
});

describe("API documents and web app", () => {
  it("A13 serves a document by its digest, and a page only as a download", async () => {
    const ports = memoryPorts();
    const stored = [
      documentOf("über/certificate.pdf", "application/pdf", new Uint8Array([37, 80])),
      documentOf("page.html", "text/html", new Uint8Array([60])),
    ];
    const document = async (digest: string) => stored.find((d) => d.digest === digest);
    const readBy = () => ({ ...ports.store, document }) as never;
    const app = createApi({
      signIn: "offered",
      ports: { ...ports, store: { ...ports.store, readBy } },
      useCases,
    });
    const pdf = await app.request(`/api/documents/${stored[0]?.digest}`);
    assert.equal(pdf.headers.get("content-type"), "application/pdf");
    assert.match(
      pdf.headers.get("content-disposition") ?? "",
      /^inline; filename="_ber_certificate\.pdf"; filename\*=UTF-8''%C3%BCber%2Fcertificate\.pdf$/,
    );
    // Asked for each time, since who looks next may be another; it is not sent twice.
    assert.equal(pdf.headers.get("cache-control"), "private, no-cache");
    const again = { headers: { "if-none-match": pdf.headers.get("etag") ?? "" } };
    assert.equal((await app.request(`/api/documents/${stored[0]?.digest}`, again)).status, 304);
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
    const app = createApi({ signIn: "offered", ports: memoryPorts(), useCases, webDir });
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
    const app = createApi({ signIn: "offered", ports: memoryPorts(), useCases: [seeded] });
    const answer = (await (await post(app, "/api/test/seeded", '{"seed":7}')).json()) as {
      twice: number;
      run: { seed: number };
    };
    assert.deepEqual([answer.twice, answer.run.seed], [14, 7]);
  });
});
