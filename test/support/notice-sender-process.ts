// A server that sends a webhook and is killed before it notes that: `node notice-sender-process.ts CONFIG NOW SECRET`.
import type pg from "pg";
import { deliverNext } from "../../src/app/notices/deliver.ts";
import { webhookPost } from "../../src/outside/webhook-post.ts";
import { postgresNotices } from "../../src/store/notices.ts";
import { poolOn } from "../../src/store/pool.ts";

const [config = "{}", now = "", secret = ""] = process.argv.slice(2);
const pool = poolOn(JSON.parse(config) as pg.PoolConfig, 2);
const seal = {
  seal: async () => "",
  open: async () => new Uint8Array(Buffer.from(secret, "hex")),
};
const post = webhookPost({ inside: true });
await deliverNext({
  ...{ notices: postgresNotices(pool, seal), base: "https://didym.example", now: () => now },
  store: { load: async () => undefined },
  addressOf: async () => undefined,
  async post(to, message) {
    await post(to, message);
    process.stdout.write("sent and not noted\n");
    setInterval(() => {}, 1000);
    return new Promise(() => {});
  },
});
