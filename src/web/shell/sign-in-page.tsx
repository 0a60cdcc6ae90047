import { Navigate, useLocation, useNavigate } from "@tanstack/react-router";
import { words } from "../kit/show/figure-text.ts";
import { Page, Panel } from "../kit/show/page.tsx";
import { Directories } from "../people/directories.tsx";
import { WaysIn } from "../people/ways-in.tsx";
import { useMe } from "./me.ts";
import { SampleDoors } from "./sample-doors.tsx";

/** As one reads a name: nothing of the books is told yet, so that names are not either. */
const titleOf = (party: string): string =>
  words(party.replaceAll("-", " ")).replace(/^./, (c) => c.toUpperCase());

/** What stands in the place of every page where sign-in is required and nobody did; where it is not, a page of its own. */
export function SignInPage({ then = () => {} }: { then?: () => void }) {
  const { samplePeople, become, show, arrived } = useMe();
  return (
    <Page title="Sign in" says="These books are shown to who signed in.">
      {samplePeople.length > 0 ? (
        <Panel title="Sample people">
          <p>
            These are sample books on your own machine. One press, and you are one of the people who work with
            them. New here? Be the auditor, who sees both firms and changes nothing.
          </p>
          <SampleDoors people={samplePeople} nameOf={titleOf} become={become} />
        </Panel>
      ) : null}
      <Panel title="Yourself">
        <Directories />
        <WaysIn
          arrived={async (who) => {
            await arrived(who);
            then();
          }}
          show={async (token) => {
            await show(token);
            then();
          }}
        />
        <p className="dim small">
          No way in yet? Your firm&rsquo;s administrator makes a link for you. Where nobody can sign in at
          all, the server tells one at its start, on its terminal.
        </p>
      </Panel>
    </Page>
  );
}

export function SignInRoute() {
  const navigate = useNavigate();
  const { arrived } = useLocation().search as Readonly<Record<string, unknown>>;
  const { me } = useMe();
  // Back from their firm's directory, as somebody.
  if (me && arrived !== undefined) return <Navigate to="/" replace />;
  return <SignInPage then={() => void navigate({ to: "/" })} />;
}
