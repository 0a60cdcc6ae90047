import type { Item } from "../kit/client/contract.ts";
import { dateText, whole } from "../kit/show/figure-text.ts";

const SHOWN = 3;

/** The words of a line and the serial numbers with them; where retention took those away, that it did and since when. */
export function AsWritten({ of }: { of: Item<"intake/lines"> }) {
  if (of.withheld) return <Gone of={of.withheld} />;
  const more = of.serials.length - SHOWN;
  return (
    <>
      {of.text}
      {of.serials.length > 0 ? (
        <div className="dim">
          {of.serials.length === 1 ? "serial" : "serials"} {of.serials.slice(0, SHOWN).join(", ")}
          {more > 0 ? ` and ${whole(more)} more` : ""}
        </div>
      ) : null}
    </>
  );
}

/** Erased by rule is one thing, missing another: neither reads as if nothing had been written. */
export function Gone({ of }: { of: NonNullable<Item<"intake/lines">["withheld"]> }) {
  return (
    <span className="dim">
      {of.why === "erased"
        ? `words and serial numbers erased by rule on ${of.at === undefined ? "a day not told" : dateText(of.at)}${of.entry === undefined ? "" : `, entry ${of.entry}`}`
        : "words and serial numbers are missing, and no entry says that they were erased"}
    </span>
  );
}
