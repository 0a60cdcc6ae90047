import { Checkbox } from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Verification } from "../../certify/index.ts";
import { ask } from "../kit/client/client.ts";
import { Panel } from "../kit/show/page.tsx";
import { Answered } from "../kit/show/states.tsx";
import { CheckList, Verdict } from "./checks.tsx";
import type { Credential } from "./credential.ts";

/** Runs the verifier in this browser on the passport and its bundle. Whom to trust is the reader's word, never the passport's. */
export function PassportChecks({ passport, credential }: { passport: string; credential: Credential }) {
  const [trusted, setTrusted] = useState(false);
  const verified = useQuery({
    queryKey: ["verify", passport, trusted],
    queryFn: async ({ signal }): Promise<Verification> => {
      const bundle = await ask("certify/bundle", { passport }, signal);
      const { verifyHere } = await import("./verify-here.ts");
      return verifyHere({ credential, bundle, ...(trusted ? { issuers: [credential.issuer.id] } : {}) });
    },
    placeholderData: keepPreviousData,
  });
  return (
    <Panel
      title="Does it hold?"
      says="Checked just now in your own browser, by the verifier the buyer can also run offline."
    >
      <Answered asked={verified} rows={4}>
        {(of) => (
          <>
            <Verdict of={of} />
            <Checkbox
              checked={trusted}
              onChange={(e) => setTrusted(e.currentTarget.checked)}
              label={`The key below is the one ${credential.issuer.name} gave me another way`}
              description={
                <>
                  <span className="mono">{credential.issuer.id}</span> This page cannot vouch for itself: only
                  you can say whom you trust.
                </>
              }
            />
            <details className="more">
              <summary>All {of.checks.length} checks, and why each one passed or did not</summary>
              <CheckList of={of} />
            </details>
          </>
        )}
      </Answered>
    </Panel>
  );
}
