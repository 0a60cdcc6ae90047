import type { Notice } from "../core/notices.ts";
import { wordsOf } from "./kinds.ts";

export interface Letter {
  readonly subject: string;
  readonly text: string;
}

/**
 * An e-mail: what it is, and a link. It goes through systems that are nobody's here, so that it says nothing else: no number but the
 * one in the link, no name, no mass, no price (Z95).
 */
export function letterOf(notices: readonly Notice[], base: string): Letter {
  const lines = notices.map(({ kind, link, due }) => {
    const by = due === undefined ? "" : `, by ${due.slice(0, 10)}`;
    return `${wordsOf(kind)}${by}\n  ${base}${link}\n`;
  });
  const [first] = notices;
  const subject = notices.length === 1 && first ? wordsOf(first.kind) : `${notices.length} notices`;
  const foot = "You asked for this: didym notices wish, or the person who runs your Didym, ends it.";
  return { subject: `Didym: ${subject}`, text: `${lines.join("\n")}\n-- \n${foot}\n` };
}

/** What a webhook is sent: the notice by its number, and no more than who is signed in would be told (Z92). */
export const messageOf = (notice: Notice, base: string): string => {
  const { nth, kind, party, roles, about, link, due, at, seq } = notice;
  return JSON.stringify({
    type: kind,
    timestamp: at,
    data: {
      ...{ notice: nth, says: wordsOf(kind), party, roles },
      ...(about === undefined ? {} : { about }),
      link: `${base}${link}`,
      ...(due === undefined ? {} : { due }),
      ...(seq === 0 ? {} : { seq }),
    },
  });
};
