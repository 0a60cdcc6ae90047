import type { ReactNode } from "react";
import { useAsk } from "../kit/client/hooks.ts";
import { Go } from "../kit/show/go.tsx";
import { Page, Panel } from "../kit/show/page.tsx";
import { Answered, Empty } from "../kit/show/states.tsx";

export interface SignedIn {
  readonly party: string;
  readonly role: string;
  readonly person?: string | undefined;
  readonly token?: string | undefined;
}

/** A page of whoever signed in; for who did not, what will stand here. */
export function ForWhoSignedIn(props: {
  title: string;
  says: string;
  children: (me: SignedIn) => ReactNode;
}) {
  const { title, says, children } = props;
  const asked = useAsk("trust/me");
  if (asked.data?.signed_in && !asked.isError) return <>{children(asked.data)}</>;
  return (
    <Page title={title} says={says}>
      <Panel title="Nobody is signed in">
        <Answered asked={asked}>
          {() => (
            <>
              <Empty>What is here is of who signed in.</Empty>
              <div className="acts">
                <Go to="/sign-in">Sign in</Go>
              </div>
            </>
          )}
        </Answered>
      </Panel>
    </Page>
  );
}
