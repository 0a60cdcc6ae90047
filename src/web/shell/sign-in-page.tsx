import { Button, PasswordInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { words } from "../kit/show/figure-text.ts";
import { Page, Panel } from "../kit/show/page.tsx";
import { RefusedNote } from "../kit/show/states.tsx";
import { useMe } from "./me.ts";
import { SampleDoors } from "./sample-doors.tsx";

/** As one reads a name: nothing of the books is told yet, so that names are not either. */
const titleOf = (party: string): string =>
  words(party.replaceAll("-", " ")).replace(/^./, (c) => c.toUpperCase());

/** What stands in the place of every page where sign-in is required and nobody did. */
export function SignInPage() {
  const { samplePeople, become, show } = useMe();
  const [token, setToken] = useState("");
  const showing = useMutation({ mutationFn: show });
  return (
    <Page title="Sign in" says="These books are shown to who signed in.">
      {samplePeople.length > 0 ? (
        <Panel title="Sample people">
          <p>
            These are sample books on your own machine. One press, and you are one of the people who work with
            them.
          </p>
          <SampleDoors people={samplePeople} nameOf={titleOf} become={become} />
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
