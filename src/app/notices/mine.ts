import { z } from "zod";
import { done, refuse } from "../../quantity/index.ts";
import type { Ports } from "../core/ports.ts";
import { query } from "../core/use-case.ts";
import { booksOf } from "./belongs.ts";
import { isDone } from "./is-done.ts";
import { NOTICE_KIND_NAMES, NOTICE_KINDS, wordsOf } from "./kinds.ts";

export const noticesOn = ({ notices }: Pick<Ports, "notices">) =>
  notices ? done(notices) : refuse("no_notices", "notices", "no notices are kept here");

export const NOT_SIGNED_IN = refuse("not_signed_in", "authorization", "notices are told to who is signed in");

export const mine = query({
  room: "notices",
  verb: "mine",
  summary:
    "What waits for who is signed in, by party and role, the newest first; the machine's owner sees everyone's.",
  input: z.strictObject({
    after: z.coerce.number().int().positive().optional().describe("the `next` of the page before"),
    limit: z.coerce.number().int().min(1).max(100).default(20),
  }),
  example: { limit: 20 },
  async answer(ports, { after, limit }) {
    const { asker } = ports;
    if (asker === undefined) return NOT_SIGNED_IN;
    const kept = noticesOn(ports);
    if (!kept.ok) return kept;
    const found = await kept.value.list({
      // One more than is asked for tells whether there is a next page.
      limit: limit + 1,
      ...(asker === "owner" ? {} : { to: { party: asker.party, role: asker.role } }),
      ...(after === undefined ? {} : { before: after }),
    });
    const page = found.slice(0, limit);
    const books = booksOf(ports.store);
    const items = await Promise.all(
      page.map(async (notice) => {
        const { nth, kind, party, roles, about, link, due, at, seq } = notice;
        const isOver = await isDone(notice, books);
        return {
          ...{ notice: nth, kind, says: wordsOf(kind), party, roles, link, at },
          ...(about === undefined ? {} : { about }),
          ...(due === undefined ? {} : { due }),
          ...(seq === 0 ? {} : { seq }),
          ...(isOver === undefined ? {} : { done: isOver }),
        };
      }),
    );
    const last = page.at(-1);
    return done({
      ...{ items, followed_to: await kept.value.reached() },
      ...(found.length > limit && last ? { next: last.nth } : {}),
    });
  },
});

export const kinds = query({
  room: "notices",
  verb: "kinds",
  summary: "The kinds of notice: what each says, and for which roles of the party it is.",
  input: z.strictObject({}),
  example: {},
  answer: async () => done({ items: NOTICE_KIND_NAMES.map((kind) => ({ kind, ...NOTICE_KINDS[kind] })) }),
});
