import { done, refuse } from "../../quantity/index.ts";

/** "role@party" as stated by the caller. Nothing proves it until sign-in exists, so it is never verified. */
export function readActor(stated: string | undefined) {
  if (stated === undefined) return done({ role: "unstated", party: "unstated", verified: false });
  const found = /^([a-z][a-z _-]{0,39})@([A-Za-z0-9][A-Za-z0-9._:-]{0,63})$/.exec(stated);
  if (!found?.[1] || !found[2]) return refuse("actor_malformed", "actor", "an actor is stated as role@party");
  return done({ role: found[1], party: found[2], verified: false });
}
