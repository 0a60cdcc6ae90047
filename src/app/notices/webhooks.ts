import { z } from "zod";
import { PartyId } from "../../contract/identifiers.ts";
import { WebhookId } from "../../contract/webhook-id.ts";
import { done, refuse } from "../../quantity/index.ts";
import { type Request, shortName } from "../core/perform.ts";
import type { Ports } from "../core/ports.ts";
import { action, query } from "../core/use-case.ts";
import { NOT_SIGNED_IN, noticesOn } from "./mine.ts";
import { readWebhookUrl } from "./webhook-url.ts";
import { Kinds } from "./wishes.ts";

/** Before the text of a secret, by Standard Webhooks. */
const SECRET_MARK = "whsec_";
const ROLE = "administrator";

/** Who keeps webhooks: an administrator for their own party, the machine's owner for any (Z96). */
function mayKeep(
  { actor, owner }: Pick<Request, "actor"> & Partial<Request>,
  { party, whose }: { readonly party: string | undefined; readonly whose: string },
) {
  if (owner) return undefined;
  if (!actor.verified) return NOT_SIGNED_IN;
  if (actor.role === ROLE && actor.party === party) return undefined;
  return refuse("not_allowed", "actor", `this is for the administrator of ${whose}, not for ${actor.party}`);
}

const secretOf = ({ ids }: Pick<Ports, "ids">): Uint8Array =>
  new Uint8Array(Buffer.from(ids.nonce() + ids.nonce(), "hex"));

export const registerWebhook = action({
  room: "notices",
  verb: "register-webhook",
  summary:
    "Have notices of a party sent to a system of its own, signed. The secret that signs is told once and kept sealed.",
  input: z.strictObject({
    party: PartyId(),
    url: z.string().max(500).describe("an https address of a system that the party runs"),
    kinds: Kinds.optional().describe("see notices kinds; left out, all of them"),
  }),
  example: {
    party: "sample-recycler",
    url: "https://hooks.example.com/didym",
    kinds: ["terms_proposed", "order_placed"],
  },
  async run(ports, { input: { party, url: asked, kinds = [] }, request }) {
    const stranger = mayKeep(request, { party, whose: party });
    if (stranger) return stranger;
    if (!(await ports.store.load("party", party)))
      return refuse("party_unknown", "party", `no party ${party} is registered`);
    const url = readWebhookUrl(asked);
    if (!url.ok) return url;
    const kept = noticesOn(ports);
    if (!kept.ok) return kept;
    const secret = secretOf(ports);
    const at = ports.clock.now().toISOString();
    const id = `W-${shortName(ports.ids.nonce())}`;
    const made = await kept.value.register({ id, party, url: url.value, kinds, secret }, at);
    if (!made.ok) return made;
    const text = SECRET_MARK + Buffer.from(secret).toString("base64");
    return done({ ...made.value, secret: text });
  },
});

export const webhooks = query({
  room: "notices",
  verb: "webhooks",
  summary:
    "Webhooks of a party: where notices go, which kinds, when one last went well, since when none does, why one was switched off.",
  input: z.strictObject({
    party: PartyId().optional().describe("left out, one's own"),
    limit: z.coerce.number().int().min(1).max(100).default(50),
  }),
  example: { limit: 50 },
  async answer(ports, { party: named, limit }) {
    const { asker } = ports;
    if (asker === undefined) return NOT_SIGNED_IN;
    const kept = noticesOn(ports);
    if (!kept.ok) return kept;
    const party = named ?? (asker === "owner" ? undefined : asker.party);
    if (asker !== "owner" && (asker.party !== party || asker.role !== ROLE))
      return refuse(
        "not_allowed",
        "party",
        `the webhooks of ${party} are for its administrator, not for ${asker.role} of ${asker.party}`,
      );
    return done({
      items: await kept.value.webhooks({ limit, ...(party === undefined ? {} : { party }) }),
    });
  },
});

export const endWebhook = action({
  room: "notices",
  verb: "end-webhook",
  summary: "Send a webhook nothing any more; what is on its way to it is dropped.",
  input: z.strictObject({ webhook: WebhookId() }),
  example: { webhook: "W-7K2M9QXA" },
  word: "webhook",
  async run(ports, { input: { webhook: id }, request }) {
    const kept = noticesOn(ports);
    if (!kept.ok) return kept;
    const known = await kept.value.webhook(id);
    // Whose it is, is no one else's to learn.
    const stranger = mayKeep(request, { party: known?.party, whose: "its party" });
    if (stranger) return stranger;
    const unknown = refuse("webhook_unknown", "webhook", `there is no webhook ${id}, or it has ended`);
    if (!known) return unknown;
    const end = { at: ports.clock.now().toISOString(), why: "ended by its party" };
    return (await kept.value.endWebhook(id, end)) ? done({ webhook: id, ...end }) : unknown;
  },
});
