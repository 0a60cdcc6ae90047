import type { AssayReleased } from "../../assay/index.ts";
import { timeText } from "../kit/show/figure-text.ts";
import { Tag } from "../kit/show/page.tsx";

/** Whether a second person has seen the results; nothing proves who that was until people sign in. */
export function Released({ of }: { of: AssayReleased | undefined }) {
  if (!of) return <Tag mood="warn">not released</Tag>;
  return (
    <>
      <Tag mood="good">released</Tag> by {of.by.role} @ {of.by.party}, {timeText(of.at)}
      {of.verified ? "" : <span className="dim"> unverified</span>}
    </>
  );
}
