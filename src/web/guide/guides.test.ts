import assert from "node:assert/strict";
import { existsSync, globSync, statSync } from "node:fs";
import { test } from "node:test";
import { PEOPLE } from "../../sample/people.ts";
import { mayGive, ROLES } from "../../trust/index.ts";
import { slugOf } from "./guide.ts";
import { GUIDES } from "./guides.ts";

const FOLDER = new URL("pictures/", import.meta.url);
const PICTURES_KB_MAX = 1_500;

test("W50: every role has a guide, of few lines, and no guide is of a role that is not in the list", () => {
  assert.deepEqual(Object.keys(GUIDES).sort(), Object.keys(ROLES).sort());
  for (const [role, { is, waits, does, others, refused }] of Object.entries(GUIDES)) {
    assert.match(is, /^You .*\.$/, role);
    assert.ok(waits.length >= 1 && waits.length <= 2, `${role}: where one sees what waits`);
    assert.ok(does.length >= 3 && does.length <= 5, `${role}: three to five things`);
    assert.ok(others.length >= 1 && others.length <= 3, `${role}: what others do`);
    assert.ok(refused.length >= 1 && refused.length <= 3, `${role}: what is refused`);
  }
});

for (const [role, { does, others, person }] of Object.entries(GUIDES))
  test(`W51: the guide of a ${role} names no command but those of its duties, and nothing of theirs as another's`, () => {
    const who = PEOPLE.find((one) => one.person === person);
    assert.equal(who?.role, role, "the sample person has the role");
    const me = { role, kind: role === "buyer" || role === "customer" ? role : "recycler" };
    const refusedTo = (command: string) => mayGive(command.replace("/", " "), me) !== undefined;
    const commands = does.flatMap(({ command }) => command ?? []);
    assert.deepEqual(commands.filter(refusedTo), []);
    assert.deepEqual(
      others.filter(({ command }) => !refusedTo(command)),
      [],
    );
  });

test("W51: every guide has its picture, and all of them are small", () => {
  const missing = Object.keys(GUIDES).filter((role) => !existsSync(new URL(`${slugOf(role)}.webp`, FOLDER)));
  assert.deepEqual(missing, []);
  const bytes = globSync("*.webp", { cwd: FOLDER }).reduce(
    (sum, file) => sum + statSync(new URL(file, FOLDER)).size,
    0,
  );
  assert.ok(bytes < PICTURES_KB_MAX * 1000, `${bytes} bytes`);
});
