import { useAsk } from "./client/hooks.ts";
import { useSignedIn } from "./signed-in.ts";

/** Proposals looked for at most: more than that are many. */
const LOOKED_AT = 50;

/** How many proposals of others wait for who signed in, as the second person. */
export function useToApprove(): number {
  const me = useSignedIn();
  const asked = useAsk(
    "trust/approvals",
    { state: "waits", limit: LOOKED_AT },
    { enabled: me !== undefined },
  );
  return me ? (asked.data?.items ?? []).filter((one) => one.you_may === "approve").length : 0;
}
