import { useNavigate } from "@tanstack/react-router";
import { words } from "../kit/show/figure-text.ts";
import { Page, Panel } from "../kit/show/page.tsx";
import { WaysIn } from "../people/ways-in.tsx";
import { useMe } from "./me.ts";
import { SamplePeople } from "./sample-people.tsx";

/** What stands in the place of every page where sign-in is required and nobody did; where it is not, a page of its own. */
export function SignInPage({ then = () => {} }: { then?: () => void }) {
  const { samplePeople, become, show, arrived } = useMe();
  return (
    <Page title="Sign in" says="These books are shown to who signed in.">
      {samplePeople.length > 0 ? (
        <Panel title="Sample people">
          <SamplePeople people={samplePeople} now={undefined} nameOf={words} become={become} />
        </Panel>
      ) : null}
      <Panel title="Yourself">
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
      </Panel>
    </Page>
  );
}

export function SignInRoute() {
  const navigate = useNavigate();
  return <SignInPage then={() => void navigate({ to: "/" })} />;
}
