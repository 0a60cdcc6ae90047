import assert from "node:assert/strict";
import { test } from "node:test";
import { PARTY, post, problemIn, REGISTER } from "../../test/support/api-calls.ts";
import { memoryPorts } from "../../test/support/memory-ports.ts";
import { useCases } from "../app/use-cases.ts";
import { createApi } from "./index.ts";
import type { Standing } from "./metrics.ts";

const TOKEN = "a-token-of-the-metrics-alone";
const PATH = "/api/metrics";

function measured(token?: string) {
  const asked: Standing[] = [];
  const metrics = token && {
    ...{ token, contentType: "application/openmetrics-text; version=1.0.0; charset=utf-8" },
    text: async (now: Standing) => {
      asked.push(now);
      return "# EOF\n";
    },
  };
  return {
    asked,
    app: createApi({ signIn: "offered", ports: memoryPorts(), useCases, ...(metrics ? { metrics } : {}) }),
  };
}

test("A42: without a token of the server's nobody is told figures, and the refusal says how to give one", async () => {
  const { app } = measured();
  for (const headers of [{}, { authorization: `Bearer ${TOKEN}` }, { authorization: "Bearer " }]) {
    const { status, code, detail } = await problemIn(app.request(PATH, { headers }));
    assert.deepEqual([status, code], [404, "metrics_off"]);
    assert.match(detail, /DIDYM_METRICS_TOKEN_FILE/);
  }
});

test("A42: figures are told to whoever holds their token, to nobody else", async () => {
  const { app, asked } = measured(TOKEN);
  for (const authorization of [
    undefined,
    "",
    "Bearer",
    "Bearer ",
    `Bearer ${TOKEN.slice(1)}`,
    `Bearer ${TOKEN}x`,
    `Bearer ${TOKEN.toUpperCase()}`,
    `Basic ${TOKEN}`,
    TOKEN,
  ]) {
    const answer = await app.request(PATH, { headers: authorization === undefined ? {} : { authorization } });
    assert.match(answer.headers.get("www-authenticate") ?? "", /^Bearer/);
    assert.deepEqual([(await problemIn(answer)).code, answer.status], ["token_wrong", 401], authorization);
  }
  assert.equal((await problemIn(app.request(`${PATH}?token=${TOKEN}`))).code, "token_wrong");
  assert.equal(asked.length, 0);
  const answer = await app.request(PATH, { headers: { authorization: `Bearer ${TOKEN}` } });
  assert.equal(answer.status, 200);
  assert.equal(
    answer.headers.get("content-type"),
    "application/openmetrics-text; version=1.0.0; charset=utf-8",
  );
  assert.equal(answer.headers.get("cache-control"), "no-store");
  assert.equal(await answer.text(), "# EOF\n");
  const idle = { waiting: 0, running: 0 };
  assert.deepEqual(asked[0]?.lanes, { command: idle, calculation: idle });
  assert.deepEqual(asked[0]?.bodies.command, { bytes: 0, waiting: 0 });
});

test("A42: OpenAPI and the page that people read say that a token is asked for, there alone", async () => {
  const { app } = measured(TOKEN);
  const { paths, components } = (await (await app.request("/api/openapi.json")).json()) as {
    paths: Record<string, Record<string, { security?: object[]; responses: Record<string, unknown> }>>;
    components: { securitySchemes: Record<string, { scheme: string }> };
  };
  const secured = Object.entries(paths).filter(([, { get, post }]) => (get ?? post)?.security);
  assert.deepEqual(
    secured.map(([path, { get }]) => [path, get?.security, Object.keys(get?.responses ?? {})]),
    [[PATH, [{ metricsToken: [] }], ["200", "401", "404", "500"]]],
  );
  assert.equal(components.securitySchemes["metricsToken"]?.scheme, "bearer");
  const page = await (await app.request("/api/docs")).text();
  assert.match(page, /curl -H 'Authorization: Bearer TOKEN' 'http:\/\/127\.0\.0\.1:4680\/api\/metrics'/);
});

test("A42: the token of the metrics makes nobody anybody: the books take it for nobody's", async () => {
  const ports = memoryPorts();
  const metrics = { token: TOKEN, contentType: "text/plain", text: async () => "" };
  const app = createApi({ signIn: "offered", ports, useCases, metrics });
  const authorization = `Bearer ${TOKEN}`;
  assert.equal((await post(app, REGISTER, JSON.stringify(PARTY), { authorization })).status, 401);
  assert.equal((await app.request("/api/ledger/head", { headers: { authorization } })).status, 401);
  assert.equal(await ports.store.head(), undefined, "nothing was written");
});
