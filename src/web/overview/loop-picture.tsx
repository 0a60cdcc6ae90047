import { Link } from "@tanstack/react-router";
import type { Late, Waiting } from "../account/now.ts";
import { LOOP } from "../kit/loop.ts";

const COUNTED: Readonly<Record<string, readonly [count: string, one: string, many: string]>> = {
  "/consignments": ["consignments", "consignment", "consignments"],
  "/lots": ["lots_on_hand", "lot on hand", "lots on hand"],
  "/ship": ["shipments_in_transit", "on the way", "on the way"],
  "/campaigns": ["campaigns", "campaign", "campaigns"],
  "/orders": ["orders_open", "open order", "open orders"],
};

const stepOfLink = (link: string) => `/${link.split("/")[1] ?? ""}`;

/** The loop as one picture, and the way into each of its steps. What waits or is late stands where it waits. */
export function LoopPicture(props: {
  counts: Readonly<Record<string, number>>;
  waiting: readonly Waiting[];
  late: readonly Late[];
}) {
  const { counts, waiting, late } = props;
  return (
    <nav aria-label="the loop" className="loop">
      <ol>
        {LOOP.map(({ to, name, does }) => {
          const [key, one, many] = COUNTED[to] ?? [];
          const count = key === undefined ? undefined : counts[key];
          const waits = waiting.filter((w) => stepOfLink(w.link) === to).length;
          const lates = late.filter((l) => stepOfLink(l.link) === to).length;
          return (
            <li key={to}>
              <Link to={to as string} className="loop-step" activeProps={{}}>
                <span className="loop-name">{name}</span>
                <span className="dim small">{does}</span>
                <span className="loop-count small">
                  {count === undefined ? null : `${count} ${count === 1 ? one : many}`}
                  {waits > 0 ? <span className="tag">{waits} waiting</span> : null}
                  {lates > 0 ? <span className="tag warn">{lates} late</span> : null}
                </span>
              </Link>
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
