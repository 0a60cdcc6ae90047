import { Go } from "../kit/show/go.tsx";
import { useToApprove } from "../kit/to-approve.ts";

/** In the bar, for who signed in: how much waits for them as the second person. */
export function ApprovalsLink() {
  const mine = useToApprove();
  if (mine === 0) return null;
  return (
    <Go to="/approvals" className="find">
      To approve <span className="tag warn">{mine}</span>
    </Go>
  );
}
