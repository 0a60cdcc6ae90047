import assert from "node:assert/strict";
import { createServer } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { test } from "node:test";
import { answerUnreadable } from "./unreadable.ts";

async function answerTo(bytes: string): Promise<{ status: number; problem: Record<string, unknown> }> {
  const server = createServer((_, answer) => answer.end("read"));
  answerUnreadable(server, { onEnded: () => {} });
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
  test(`what the parser cannot read is a problem like any other: ${what}`, async () => {
    const { status: answered, problem } = await answerTo(bytes);
    assert.deepEqual([answered, problem["status"], problem["code"]], [status, status, code]);
  });
