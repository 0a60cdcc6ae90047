import { useAsk } from "../kit/client/hooks.ts";
import { Go } from "../kit/show/go.tsx";
import { useMe } from "./me.ts";

/** Proposals looked for at most: more than that are many. */
const LOOKED_AT = 50;

/** In the bar, for who signed in: how much waits for them as the second person. */
export function ApprovalsLink() {
  const { me } = useMe();
  const asked = useAsk(
    "trust/approvals",
    { state: "waits", limit: LOOKED_AT },
    { enabled: me !== undefined },
  );
  const mine = me ? (asked.data?.items ?? []).filter((one) => one.you_may === "approve").length : 0;
  if (mine === 0) return null;
  return (
    <Go to="/approvals" className="find">
      To approve <span className="tag warn">{mine}</span>
    </Go>
  );
}
