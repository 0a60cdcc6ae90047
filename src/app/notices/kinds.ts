import { table } from "../../quantity/index.ts";

export interface NoticeKind {
  /** What waits, or happened, in the words of an e-mail. */
  readonly says: string;
  /** Whom of the party it is for. */
  readonly roles: readonly string[];
}

/** The kinds of notice, in the order of the loop (Z90). */
export const NOTICE_KINDS = {
  sanitization_certified: {
    says: "A certificate of sanitization was issued for what you handed over",
    roles: ["customer", "administrator"],
  },
  shipment_coming: { says: "A shipment is on its way to you", roles: ["weigher", "weighmaster"] },
  sample_to_assay: { says: "A sample waits for your laboratory", roles: ["chemist"] },
  results_exchanged: { says: "Both sides have reported on a sample", roles: ["accountant"] },
  statement_made: { says: "A settlement statement was made", roles: ["commercial manager"] },
  terms_proposed: { says: "Terms wait for your word", roles: ["commercial manager"] },
  lot_move_proposed: {
    says: "Settling a lot otherwise waits for your word",
    roles: ["commercial manager", "accountant"],
  },
  take_back_proposed: { says: "Taking a return back waits for your word", roles: ["accountant"] },
  campaign_planned: { says: "A campaign was planned at your site", roles: ["operator", "process engineer"] },
  stock_differs: { says: "A count found more than chance explains", roles: ["accountant"] },
  order_placed: { says: "An order was placed with you", roles: ["commercial manager"] },
  certificate_superseded: {
    says: "A certificate of analysis was replaced",
    roles: ["commercial manager", "approver", "buyer"],
  },
  passport_fell: {
    says: "A passport holds no longer",
    roles: ["commercial manager", "approver", "buyer"],
  },
  person_registered: { says: "Somebody was registered for your party", roles: ["administrator"] },
  person_ended: { says: "Somebody no longer acts for your party", roles: ["administrator"] },
  key_changed: { says: "A signing key of your party changed", roles: ["administrator"] },
  backup_failed: { says: "A backup was not made, or could not be restored", roles: ["administrator"] },
  webhook_ended: { says: "A webhook of your party was switched off", roles: ["administrator"] },
} as const satisfies Readonly<Record<string, NoticeKind>>;
export type NoticeKindName = keyof typeof NOTICE_KINDS;

export const NOTICE_KIND_NAMES = Object.keys(NOTICE_KINDS) as readonly NoticeKindName[];

const KINDS: Readonly<Record<string, NoticeKind>> = table<NoticeKind>(NOTICE_KINDS);

/** Its words; of a kind that a later version told, its name. */
export const wordsOf = (kind: string): string =>
  (Object.hasOwn(KINDS, kind) ? KINDS[kind]?.says : undefined) ?? kind.replaceAll("_", " ");
