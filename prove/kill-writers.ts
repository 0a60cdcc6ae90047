import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import type { Dice } from "../src/sample/dice.ts";
import { shown } from "./tokens.ts";

/** The roles of the recycler that write. */
export const WRITING = ["administrator", "intake lead"] as const;
export type Role = (typeof WRITING)[number];
/** What shows who asks, by role. */
export type Bearers = Readonly<Record<string, string>>;

/** What a command answered. */
export interface Acknowledged {
  readonly path: string;
  readonly input: object;
  /** In which role it was asked. */
  readonly role: Role;
  readonly key: string;
  readonly seq: number;
  /** The answer as a text. */
  readonly answer: string;
}

interface Answered {
  readonly status: number;
  readonly answer: string;
  readonly seq: number;
}

/** Longer than any command takes on a busy machine. */
const PATIENCE_MS = 20_000;
const AGAIN_MS = 20;

type Asked = Pick<Acknowledged, "path" | "input" | "key" | "role">;

/** A command under its key, once, by who signed in; status 0 where the server went away. */
export async function post(
  base: string,
  { path, input, key, role }: Asked,
  bearers: Bearers,
): Promise<Answered> {
  const told = await fetch(`${base}/api/${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", "idempotency-key": key, ...shown(bearers[role]) },
    body: JSON.stringify(input),
    signal: AbortSignal.timeout(PATIENCE_MS),
  })
    .then(
      async (answer) => ({ status: answer.status, text: await answer.text() }),
      () => ({ status: 0, text: "{}" }),
    )
    .catch(() => ({ status: 0, text: "{}" }));
  const { answer, seq } = JSON.parse(told.text) as { answer?: unknown; seq?: number };
  if (told.status >= 400 && told.status < 500) throw new Error(`${path} ${key} was refused: ${told.text}`);
  return { status: told.status, answer: JSON.stringify(answer), seq: seq ?? 0 };
}

const done = ({ status }: Answered) => status === 200 || status === 201;

/** What is written in turn: parties, trucks with a manifest that is kept as a document, and what all writers change at once. */
function commandsOf(
  writer: number,
  nth: number,
): readonly (readonly [path: string, input: object, role: Role])[] {
  const id = `${writer}-${nth}`;
  const why = `the ${nth}th time, by writer ${writer}`;
  const [receive, manifest] = [
    {
      ...{ consignment: `C-${id}`, owner: "sample-recycler", from_zip: "60601" },
      ...{ collected_in: { country: "US", region: "IL" } },
      feedstock: { class: "post_consumer_device", evidence: `declaration ${id}` },
      pallets: [
        {
          pallet: `P-${id}`,
          gross: "412.5 kg",
          tare: "18.5 kg",
          scale: "plainfield-floor",
          stream: "data_bearing",
        },
      ],
    },
    {
      ...{ consignment: `C-${id}`, name: `${id}.csv` },
      text: `description,qty,serial\nSeagate ST2000DM008 2TB 3.5 HDD,${1 + nth},\nmixed cables,${writer},\n`,
    },
  ];
  const more = [
    { pallet: `Q-${id}`, gross: "305 kg", tare: "18 kg", scale: "plainfield-floor", stream: "other" },
  ];
  const quick = [
    [
      "programme/register-party",
      { party: `sample-${id}`, name: `Sample ${id}`, kind: "carrier", sample: true },
      "administrator",
    ],
    [
      "programme/change-party",
      { party: "sample-recycler", name: `Sample Recycler ${id}`, why },
      "administrator",
    ],
  ] as const;
  // One writer never waits for a thread that a new server has yet to start: it tells how long writes stood still.
  if (writer === 0) return quick;
  return [
    ...quick,
    ["intake/receive", receive, "intake lead"],
    ["intake/read-manifest", manifest, "intake lead"],
    ["certify/rotate-key", { party: "sample-recycler", why }, "administrator"],
    ["intake/weigh-pallets", { consignment: `C-${id}`, pallets: more }, "intake lead"],
  ];
}

/** Writes on whichever server is there, each command asked again under its key until it is acknowledged. */
export function writeOn(given: {
  readonly writer: number;
  readonly dice: Dice;
  readonly bases: () => readonly string[];
  readonly bearers: Bearers;
  readonly all: Collected;
}) {
  let stopped = false;
  const going = (async () => {
    for (let nth = 0; !stopped; nth++)
      for (const [path, input, role] of commandsOf(given.writer, nth)) {
        if (stopped) break;
        await acknowledge({ path, input, role, key: `${given.writer}-${nth}-${path}` }, given);
      }
  })();
  // Whoever waits hears of it; nobody else has to.
  going.catch(() => {});
  return {
    going,
    async stop() {
      stopped = true;
      await going;
    },
  };
}

export interface Collected {
  readonly acknowledged: Acknowledged[];
  readonly times: { readonly asked: number; readonly at: number }[];
  again: number;
  atOnce: number;
}

async function acknowledge(
  command: Asked,
  {
    dice,
    bases,
    bearers,
    all,
  }: {
    readonly dice: Dice;
    readonly bases: () => readonly string[];
    readonly bearers: Bearers;
    readonly all: Collected;
  },
): Promise<void> {
  for (;;) {
    const asked = Date.now();
    const there = bases();
    // A client that lost patience asks the other server while the first is still at it.
    const both = dice.uniform() < 0.15;
    const answers =
      there.length === 0
        ? []
        : await Promise.all((both ? there : [dice.pick(there)]).map((base) => post(base, command, bearers)));
    const told = answers.filter(done);
    const [first] = told;
    if (first) {
      if (told.length > 1) all.atOnce++;
      for (const other of told)
        assert.deepEqual(
          [other.seq, other.answer],
          [first.seq, first.answer],
          `${command.key} was answered in two ways`,
        );
      all.acknowledged.push({ ...command, seq: first.seq, answer: first.answer });
      all.times.push({ asked, at: Date.now() });
      return;
    }
    all.again++;
    await sleep(AGAIN_MS);
  }
}
