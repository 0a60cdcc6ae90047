import { IconBackspace } from "@tabler/icons-react";
import { afterKey } from "./closing.ts";

const KEYS = ["1", "2", "3", "4", "5", "6", "7", "8", "9", ".", "0", "←"];

/** Big keys for a gloved hand; they write into whichever weight is chosen. */
export function Keypad({ text, write }: { text: string; write: (text: string) => void }) {
  return (
    <fieldset className="keypad" aria-label="keys">
      {KEYS.map((key) => (
        <button
          key={key}
          type="button"
          aria-label={key === "←" ? "take one away" : key === "." ? "point" : key}
          onClick={() => write(afterKey(text, key))}
        >
          {key === "←" ? <IconBackspace size={26} stroke={1.6} aria-hidden="true" /> : key}
        </button>
      ))}
    </fieldset>
  );
}
