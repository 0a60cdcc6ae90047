import assert from "node:assert/strict";
import { createServer } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { test } from "node:test";
import { z } from "zod";
import { PARTY, post, REGISTER } from "../../test/support/api-calls.ts";
import { memoryPorts } from "../../test/support/memory-ports.ts";
import { createApi } from "../api/index.ts";
import { calculation } from "../app/core/use-case.ts";
import { useCases } from "../app/use-cases.ts";
import { threadRunner } from "./job-threads.ts";
import { type LogForm, logTo } from "./log.ts";
import { answerOutside, answerUnreadable } from "./unreadable.ts";

const ENDED = { request_id: "r-1", method: "GET", route: "/api/health", status: 200, ms: 1 };

function told(form: LogForm) {
  let text = "";
  const log = logTo((more) => {
    text += more;
  }, form);
  return { log, said: () => text, lines: () => text.split("\n").slice(0, -1) };
}

test("T60: in words it tells what needs a person, as JSON a line of each event, switched off why it cannot serve", () => {
  for (const [form, events] of [
    ["text", ["didym: hello", "didym: fault: TypeError (r-1)", "didym: gone"]],
    ["json", ["info server", "info request", "warn request", "error request", "error fault", "error server"]],
    ["off", ["didym: gone"]],
  ] as const) {
    const { log, lines } = told(form);
    log.say("hello");
    log.ended(ENDED);
    log.ended({ ...ENDED, status: 503, code: "database_away" });
    log.ended({ ...ENDED, status: 500, code: "fault" });
    log.fault(new TypeError("what it says"), "r-1");
    log.say("gone", "error");
    const seen = lines().filter((line) => !line.startsWith("    at "));
    const asJson = () =>
      seen.map((line) => JSON.parse(line) as { level: string; event: string; time: string });
    assert.deepEqual(
      form === "json" ? asJson().map(({ level, event }) => `${level} ${event}`) : seen,
      events,
    );
    if (form === "json") for (const { time } of asJson()) assert.ok(!Number.isNaN(Date.parse(time)));
  }
});

/** What breaks says what it was given, as the worst of libraries does. */
const blurting = calculation({
  ...{ room: "test", verb: "blurt", summary: "breaks and says what it was given", example: { text: "x" } },
  input: z.strictObject({ text: z.string() }),
  compute: (_: unknown, { text }: { text: string }): never => {
    throw Object.assign(new Error(`cannot do ${text}\n    at ${text} (file:1:1)`), { detail: text });
  },
});

interface Told {
  readonly event: string;
  readonly request_id?: string;
  readonly of?: string;
  readonly code?: string;
}

const SECRET = "hunter2-correct-horse";

for (const form of ["json", "text"] as const)
  test(`T60: secrets that are sent, wherever, stand in no line of the log (${form})`, async () => {
    const { log, said, lines } = told(form);
    const onFault = (error: Error, of?: string) => log.fault(error, of);
    const onEnded = log.ended;
    const app = createApi({
      signIn: "offered",
      ...{ ports: memoryPorts(), useCases: [...useCases, blurting], onFault, onEnded },
      served: { host: "127.0.0.1", names: [] },
      // Nobody listens there: what needs the books breaks in its thread.
      offload: threadRunner({ host: "127.0.0.1", port: 1 }, onFault),
      metrics: { token: `${SECRET}-of-the-metrics`, contentType: "text/plain", text: async () => "" },
    });
    const ask = (path: string, headers = {}) => app.request(path, { headers });
    const body = JSON.stringify({ ...PARTY, name: SECRET, note: SECRET });
    const long = { feed: SECRET, password: SECRET };
    const headers = { authorization: `Bearer ${SECRET}`, cookie: SECRET, "idempotency-key": SECRET };
    const answers = await Promise.all([
      post(app, REGISTER, body, headers),
      post(app, REGISTER, body.slice(0, -1), headers),
      post(app, REGISTER, JSON.stringify({ ...PARTY, [SECRET]: SECRET }), { "didym-actor": `${SECRET} x@y` }),
      post(app, REGISTER, body, { "content-type": SECRET }),
      post(app, "/api/test/blurt", JSON.stringify({ text: SECRET })),
      post(app, "/api/column/simulate", JSON.stringify(long)),
      post(
        app,
        "/api/intake/read-manifest",
        JSON.stringify({ consignment: "C", name: "m.csv", text: SECRET }),
        { cookie: SECRET, "idempotency-key": SECRET },
      ),
      post(app, `/api/${SECRET}`, body),
      ask(`/api/programme/parties?kind=${SECRET}`),
      ask(`/${SECRET}?token=${SECRET}`),
      ask(`/api/jobs/${SECRET}`),
      ask(`/api/documents/${SECRET}`),
      ask("/api/metrics", { authorization: `Bearer ${SECRET}` }),
      ask("/api/health", { host: `${SECRET}.example` }),
      ask("/api/health", { host: "localhost", origin: `https://${SECRET}` }),
      ask("/api/events", { "last-event-id": SECRET }),
    ]);
    const server = createServer();
    answerUnreadable(server, { onEnded });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    await new Promise((resolve) => {
      const socket = connect((server.address() as AddressInfo).port, "127.0.0.1", () =>
        socket.write(`${SECRET}\r\n\r\n`),
      );
      socket.on("data", resolve).on("error", resolve);
    });
    server.close();
    answerOutside({ onEnded, onFault })(new Error(SECRET));
    assert.doesNotMatch(said(), /hunter2|horse/i);
    assert.equal(answers.filter(({ status }) => status === 500).length >= 2, true);
    if (form === "text") return assert.match(said(), /fault: Error/);
    const events = lines().map((line) => JSON.parse(line) as Told);
    assert.equal(events.filter(({ event }) => event === "request").length, answers.length + 2);
    const beside = events.find(({ of }) => of?.endsWith(" intake/read-manifest"));
    assert.deepEqual([beside?.event, beside?.code], ["fault", "ECONNREFUSED"]);
    assert.ok(events.some(({ request_id }) => beside?.of?.startsWith(`${request_id} `)));
  });
