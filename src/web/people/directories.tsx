import { useQuery } from "@tanstack/react-query";
import { useLocation } from "@tanstack/react-router";
import { get } from "../kit/client/client.ts";

interface Offered {
  readonly directories: readonly { readonly party: string; readonly name: string }[];
}

/** What a directory's way back was refused with, in the words of who stands before it. */
const REFUSED: Readonly<Record<string, string>> = {
  challenge_over: "That took longer than ten minutes, or began in another browser. Sign in again.",
  directory_away: "Your firm's directory does not answer at this moment. Try again in a minute.",
  directory_unknown: "That firm has no directory that is asked here.",
  person_ended: "You left these books. Ask your administrator.",
  role_not_mapped:
    "Your firm's directory knows you, and gives you nothing that is a role here. Ask your administrator which group you lack.",
};
const OTHERWISE =
  "What your firm's directory said lets nobody in here. Sign in again, or ask your administrator.";

/** A press for each firm whose people sign in by its own directory, and what came of it last. */
export function Directories() {
  const { refused } = useLocation().search as Readonly<Record<string, unknown>>;
  const offered = useQuery({
    queryKey: ["auth/directory"],
    queryFn: ({ signal }) => get<Offered>("auth/directory", {}, signal),
  }).data?.directories;
  const words = typeof refused === "string" && Object.hasOwn(REFUSED, refused) ? REFUSED[refused] : OTHERWISE;
  return (
    <>
      {refused === undefined ? null : (
        <p className="note bad" role="alert">
          {words}
        </p>
      )}
      {offered && offered.length > 0 ? (
        <div className="acts">
          {offered.map(({ party, name }) => (
            <a key={party} className="button" href={`/api/auth/directory/${encodeURIComponent(party)}`}>
              Sign in with {name}'s directory
            </a>
          ))}
        </div>
      ) : null}
    </>
  );
}
