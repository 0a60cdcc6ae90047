/** As much of a terminal's input as it takes to read a line without showing it. */
export interface Typed {
  setRawMode(raw: boolean): unknown;
  iterator(options: { destroyOnReturn: false }): AsyncIterable<Uint8Array>;
  /** Nothing more is read: a terminal that is still listened to would keep the program from ending. */
  destroy(): unknown;
}

/** Ended by Ctrl C, Ctrl D, or the end of the input, before the line was whole. */
class NothingTyped extends Error {}

const ENTER = new Set(["\r", "\n"]);
const GIVE_UP = new Set(["\u0003", "\u0004"]);
const RUB_OUT = new Set(["\u007f", "\b"]);

/** Asks for one line; the terminal shows none of it, and shows what is typed again afterwards, whatever happens. */
export async function hiddenLine(
  input: Typed,
  output: { write(text: string): unknown },
  question: string,
): Promise<string> {
  output.write(question);
  input.setRawMode(true);
  try {
    let line = "";
    // A terminal that is closed cannot be told to show again what is typed.
    for await (const chunk of input.iterator({ destroyOnReturn: false }))
      for (const sign of Buffer.from(chunk).toString("utf8")) {
        if (ENTER.has(sign)) return line;
        if (GIVE_UP.has(sign)) throw new NothingTyped("nothing was typed");
        line = RUB_OUT.has(sign) ? line.slice(0, -1) : line + sign;
      }
    throw new NothingTyped("nothing was typed");
  } finally {
    input.setRawMode(false);
    input.destroy();
    output.write("\n");
  }
}
