import { Go } from "../kit/show/go.tsx";
import { useSignedIn } from "../kit/signed-in.ts";

/** How one works here, for who asks; nothing else on the page says it. */
export function ToGuide() {
  const me = useSignedIn();
  return <Go to="/guide">{me ? `Your guide: ${me.role}` : "Guides by role"}</Go>;
}
