import type { Notice } from "../app/core/notices.ts";

export interface NoticeRow {
  readonly nth: string;
  readonly source: string;
  readonly seq: string;
  readonly kind: string;
  readonly party: string;
  readonly roles: readonly string[];
  readonly about: NonNullable<Notice["about"]> | null;
  readonly link: string;
  readonly due: string | null;
  readonly at: string;
}
export const NOTICE_COLUMNS = "nth, source, seq, kind, party, roles, about, link, due, at";

export const noticeOf = ({ nth, seq, about, due, ...row }: NoticeRow): Notice => ({
  ...row,
  nth: Number(nth),
  seq: Number(seq),
  ...(about === null ? {} : { about }),
  ...(due === null ? {} : { due }),
});
