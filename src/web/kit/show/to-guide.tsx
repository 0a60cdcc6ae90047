import { useSignedIn } from "../signed-in.ts";
import { Go } from "./go.tsx";

/** How one works here, for who asks; nothing else on the page says it. */
export function ToGuide() {
  const me = useSignedIn();
  return <Go to="/guide">{me ? `Your guide: ${me.role}` : "Guides by role"}</Go>;
}
