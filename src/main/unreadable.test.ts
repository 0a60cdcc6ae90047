import assert from "node:assert/strict";
import { createServer } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { test } from "node:test";
import { RequestError } from "@hono/node-server";
import type { Ended } from "../api/ended.ts";
import { answerOutside, answerUnreadable } from "./unreadable.ts";

async function answerTo(bytes: string): Promise<{ status: number; problem: Record<string, unknown> }> {
  const server = createServer((_, answer) => answer.end("read"));
  const ended: Ended[] = [];
  answerUnreadable(server, { onEnded: (one) => ended.push(one) });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    const text = await new Promise<string>((resolve, reject) => {
      let said = "";
      const socket = connect((server.address() as AddressInfo).port, "127.0.0.1", () => socket.write(bytes));
      socket.setEncoding("utf8").on("data", (more) => {
        said += more;
      });
      socket.on("end", () => resolve(said)).on("error", reject);
    });
    const [head = "", body = ""] = text.split("\r\n\r\n");
    assert.match(head, /content-type: application\/problem\+json/i);
    assert.deepEqual([ended.length, ended[0]?.route], [1, "(unreadable)"]);
    assert.match(head, new RegExp(`^request-id: ${ended[0]?.request_id}\r$`, "m"));
    return { status: Number(head.split(" ")[1]), problem: JSON.parse(body) };
  } finally {
    server.close();
  }
}

for (const [what, bytes, status, code] of [
  ["no request at all", "hello\r\n\r\n", 400, "request_malformed"],
  [
    "a length that is none",
    "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n",
    400,
    "request_malformed",
  ],
  [
    "headers without end",
    `GET / HTTP/1.1\r\nHost: a\r\nX: ${"x".repeat(40_000)}\r\n\r\n`,
    431,
    "headers_too_large",
  ],
] as const)
  test(`A40: what the parser cannot read is a problem like any other: ${what}`, async () => {
    const { status: answered, problem } = await answerTo(bytes);
    assert.deepEqual([answered, problem["status"], problem["code"]], [status, status, code]);
  });

test("A40: what breaks outside of every route is told with its id, and says nothing of its inside", async () => {
  const told: unknown[] = [];
  const answer = answerOutside({
    onEnded: ({ request_id, status, code }) => told.push([request_id, status, code]),
    onFault: ({ message }, id) => told.push([id, message]),
  });
  const broken = answer(new Error("inside"));
  const text = await broken.text();
  const id = broken.headers.get("request-id");
  assert.deepEqual(told, [
    [id, "inside"],
    [id, 500, "fault"],
  ]);
  assert.equal(JSON.parse(text).request_id, id);
  assert.doesNotMatch(text, /inside/);
  const foreign = answer(new RequestError("Invalid host header"));
  assert.deepEqual([foreign.status, JSON.parse(await foreign.text()).code], [400, "request_malformed"]);
  assert.equal(answer("a text that was thrown").status, 500);
});
