import { Button, PasswordInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { words } from "../kit/show/figure-text.ts";
import { Page, Panel } from "../kit/show/page.tsx";
import { RefusedNote } from "../kit/show/states.tsx";
import { useMe } from "./me.ts";
import { SamplePeople } from "./sample-people.tsx";

/** What stands in the place of every page where sign-in is required and nobody did. */
export function SignInPage() {
  const { samplePeople, become, show } = useMe();
  const [token, setToken] = useState("");
  const showing = useMutation({ mutationFn: show });
  return (
    <Page title="Sign in" says="These books are shown to who signed in.">
      {samplePeople.length > 0 ? (
        <Panel title="Sample people">
          <SamplePeople people={samplePeople} now={undefined} nameOf={words} become={become} />
        </Panel>
      ) : null}
      <Panel title="A token">
        <form
          onSubmit={(event) => {
            event.preventDefault();
            showing.mutate(token.trim());
          }}
        >
          <PasswordInput
            label="Token"
            description="Your administrator makes it, and tells it once."
            value={token}
            onChange={(event) => setToken(event.currentTarget.value)}
          />
          <RefusedNote error={showing.error} />
          <div className="acts">
            <Button type="submit" disabled={token.trim() === ""} loading={showing.isPending}>
              Sign in
            </Button>
          </div>
        </form>
      </Panel>
    </Page>
  );
}
