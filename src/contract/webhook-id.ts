import { Id } from "./fields.ts";
import { saying } from "./identifiers.ts";

/** A webhook of a party, by its id. */
export const WebhookId = () =>
  saying(Id, {
    "x-refers-to": { room: "notices", verb: "webhooks", value: "id", shows: ["party", "url"] },
  });
