import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { z } from "zod";
import { api, PARTY, post, problemIn, REGISTER } from "../../test/support/api-calls.ts";
import { memoryPorts } from "../../test/support/memory-ports.ts";
import { query } from "../app/core/use-case.ts";
import { useCases } from "../app/use-cases.ts";
import { isDatabaseAway } from "../store/away.ts";
import { createApi } from "./index.ts";
import { statusOf } from "./statuses.ts";

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
    assert.deepEqual([extra.status, extra.code], [422, "field_unknown"]);
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

  it("A8 refuses a name that stands twice in one object, at its place", async () => {
    const body = '{"party": "a", "name": "A", "kind": "buyer", "kind": "recycler"}';
    const { status, code, at } = await problemIn(post(api(), REGISTER, body));
    assert.deepEqual([status, code, at], [400, "json_ambiguous", "kind"]);
    const job = '{"use_case": "column/select", "input": {"feed": {"Nd": 1, "Nd": 2}}}';
    assert.equal((await problemIn(post(api(), "/api/jobs", job))).at, "input.feed.Nd");
  });

  it("A50: a field called __proto__ is refused at its place: in free text and in a list of elements too", async () => {
    const party = JSON.stringify(PARTY).slice(0, -1);
    for (const [path, body, place] of [
      [REGISTER, `${party}, "__proto__": {"kind": "buyer"}}`, "__proto__"],
      [REGISTER, `${party}, "note": {"by": [{"__proto__": 1}]}}`, "note.by[0].__proto__"],
      ["/api/column/select", '{"ligand": "EDTA", "feed": {"Nd": 1, "__proto__": 2}}', "feed.__proto__"],
    ] as const) {
      const { status, code, at } = await problemIn(post(api(), path, body));
      assert.deepEqual([status, code, at], [400, "input_malformed", place]);
    }
    const asked = await problemIn(api().request("/api/programme/parties?__proto__=1"));
    assert.deepEqual([asked.code, asked.at], ["input_malformed", "__proto__"]);
    const text = await post(
      api(),
      REGISTER,
      JSON.stringify({ ...PARTY, name: "__proto__", _why: "__proto__" }),
    );
    assert.equal(text.status, 201, "it may be said");
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
      signIn: "offered",
      ports: memoryPorts(),
      useCases: [broken],
      onFault: (error) => void told.push(error.message),
    });
    const problem = await problemIn(app.request("/api/test/broken"));
    assert.deepEqual([problem.status, problem.code], [500, "fault"]);
    assert.ok(!JSON.stringify(problem).includes("secret"));
    assert.deepEqual(told, ["secret inside"]);
  });

  it("A23 live answers whatever the database does; ready asks it, now; without it every answer is 503", async () => {
    const ports = memoryPorts();
    const gone = () => Promise.reject(Object.assign(new Error("connect"), { code: "ECONNREFUSED" }));
    const store = { ...ports.store, head: gone, list: gone, readBy: () => ({ list: gone }) as never };
    const told: Error[] = [];
    const given = { useCases, isDatabaseAway, onFault: (error: Error) => told.push(error) };
    const [here, away] = [
      createApi({ signIn: "offered", ports, ...given }),
      createApi({ signIn: "offered", ports: { ...ports, store }, ...given }),
    ];
    const status = async (app: typeof here, path: string) => (await app.request(path)).status;
    for (const path of ["/api/health", "/api/health/live", "/api/health/ready", "/api/programme/parties"])
      assert.equal(await status(here, path), 200, path);
    assert.equal(await status(away, "/api/health/live"), 200);
    for (const path of ["/api/health", "/api/health/ready", "/api/programme/parties"]) {
      const problem = await problemIn(away.request(path));
      assert.deepEqual([problem.status, problem.code], [503, "database_away"], path);
    }
    assert.deepEqual(told, [], "an absence is no fault of ours");
    const silent = { ...ports, store: { ...ports.store, head: () => new Promise<undefined>(() => {}) } };
    assert.equal(
      await status(createApi({ signIn: "offered", ports: silent, ...given }), "/api/health/ready"),
      503,
    );
  });

  for (const [host, names, answered, refused] of [
    [
      "127.0.0.1",
      [],
      ["localhost:4680", "127.0.0.1:4680", "[::1]:4680", "LOCALHOST"],
      ["127.0.0.2", "192.0.2.7"],
    ],
    ["127.0.0.2", [], ["127.0.0.2:4680", "localhost"], ["127.0.0.3"]],
    ["0.0.0.0", ["books.example"], ["192.0.2.7:4680", "[2001:db8::1]", "Books.example:443"], ["example"]],
    ["192.0.2.7", ["books.example"], ["192.0.2.7", "books.example"], ["192.0.2.8"]],
  ] as const)
    it(`A12 bound to ${host} it answers to its own names, on every binding`, async () => {
      const app = createApi({ signIn: "offered", ports: memoryPorts(), useCases, served: { host, names } });
      const ask = (headers: Record<string, string>) => app.request("/api/health", { headers });
      for (const name of answered) assert.equal((await ask({ host: name })).status, 200, name);
      const foreign = ["elsewhere.example", "127.0.0.1.elsewhere.example", "localhost.elsewhere.example"];
      for (const name of [...refused, ...foreign, "", "a b", "localhost:x", "user@localhost"])
        assert.equal((await problemIn(ask({ host: name }))).code, "host_foreign", name);
    });

  it("A12 a page of another host is refused, whatever it asks, and so is what a browser fetches across sites", async () => {
    const served = { host: "127.0.0.1", names: [] };
    const app = createApi({ signIn: "offered", ports: memoryPorts(), useCases, served });
    const ask = async (headers: Record<string, string>) =>
      (await app.request("/api/health", { headers: { host: "localhost:4680", ...headers } })).status;
    assert.equal(await ask({ origin: "http://localhost:4680", "sec-fetch-site": "same-origin" }), 200);
    assert.equal(await ask({ "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate" }), 200);
    assert.equal(await ask({ "sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors" }), 403);
    for (const origin of [
      "https://elsewhere.example",
      "null",
      "http://localhost:5173",
      "http://127.0.0.1:4680",
    ])
      assert.equal(await ask({ origin }), 403, origin);
  });

  it("A15 over TLS alone browsers are told to come back over TLS", async () => {
    const told = async (secure: boolean) =>
      (
        await createApi({ signIn: "offered", ports: memoryPorts(), useCases, secure }).request("/api/health")
      ).headers.get("strict-transport-security");
    assert.deepEqual([await told(false), await told(true)], [null, "max-age=31536000"]);
  });
});
