import { kinds, mine } from "./mine.ts";
import { endWebhook, registerWebhook, webhooks } from "./webhooks.ts";
import { wish, wishes } from "./wishes.ts";

export const noticesUseCases = [mine, kinds, wishes, wish, registerWebhook, webhooks, endWebhook] as const;
