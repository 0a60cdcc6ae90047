import assert from "node:assert/strict";
import { after, test } from "node:test";
import { freshDatabase, poolOn } from "../../test/support/database.ts";
import { hookServer, SECRET } from "../../test/support/notices-world.ts";
import { ownKeyFile } from "../../test/support/sealing.ts";
import { keySeal } from "../outside/key-seal.ts";
import { webhookPost } from "../outside/webhook-post.ts";
import { Driver, StoryClock } from "../sample/driver.ts";
import { isDatabaseAway } from "../store/away.ts";
import { postgresNotices } from "../store/notices.ts";
import { keepTelling } from "./notice-worker.ts";
import { portsOn } from "./ports.ts";

const PEOPLE = 40;

/** Two servers of one database that tell what its log says, as soon as they can. */
function twoServers(
  config: Awaited<ReturnType<typeof freshDatabase>>,
  sealing: ReturnType<typeof ownKeyFile>,
) {
  const faults: Error[] = [];
  const servers = [1, 2].map(() => {
    const pool = poolOn(config, 6);
    const { store } = portsOn(pool, undefined, sealing);
    const telling = keepTelling({
      ...{ store, notices: postgresNotices(pool, keySeal(sealing)), isDatabaseAway, turn_ms: 1 },
      ...{ base: "https://didym.example", now: () => new Date().toISOString() },
      ...{ post: webhookPost({ inside: true }), addressOf: async () => undefined },
      onFault: (error) => void faults.push(error),
    });
    return { telling, pool };
  });
  return { servers, faults };
}

test("Z93 Z98: of two servers that follow while it is written, each notice is told once and sent once", async () => {
  const config = await freshDatabase();
  const sealing = ownKeyFile();
  const pool = poolOn(config, 4);
  const { servers, faults } = twoServers(config, sealing);
  after(() => Promise.all([pool, ...servers.map((server) => server.pool)].map((one) => one.end())));
  let allHeard = () => {};
  const heardAll = new Promise<void>((resolve) => {
    allHeard = resolve;
  });
  const hook = await hookServer(() => {
    if (hook.heard.length >= PEOPLE) allHeard();
    return 204;
  });
  const ports = portsOn(pool, undefined, sealing);
  const driver = new Driver(ports, new StoryClock(new Date().toISOString()), "test");
  await driver.do("programme register-party", "auditor@x", {
    ...{ party: "firm", name: "Firm", kind: "recycler", sample: true },
  });
  const at = new Date().toISOString();
  const made = { id: "W-1", party: "firm", url: hook.url, kinds: ["person_registered"], secret: SECRET };
  assert.ok((await ports.notices?.register(made, at))?.ok);
  for (let nth = 0; nth < PEOPLE; nth++)
    await driver.do("trust register-person", "administrator@firm", {
      ...{ person: `U-${nth}`, party: "firm", role: "weigher", sample: true },
    });
  await heardAll;
  await Promise.all(servers.map(({ telling }) => telling.stop()));
  const told = hook.heard.map(({ body }) => JSON.parse(body).data);
  assert.deepEqual(
    told.map(({ about }) => about.id).sort(),
    Array.from({ length: PEOPLE }, (_, nth) => `U-${nth}`).sort(),
  );
  assert.equal(new Set(hook.heard.map(({ headers }) => headers["webhook-id"])).size, PEOPLE);
  const left = await pool.query("select count(*)::int as left from didym.notice_delivery");
  assert.deepEqual(left.rows, [{ left: 0 }]);
  assert.deepEqual(faults, []);
});
