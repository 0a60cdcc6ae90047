import { Checkbox } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Verification } from "../../certify/index.ts";
import { ask, calculate } from "../api/client.ts";
import { Panel } from "../show/page.tsx";
import { Answered } from "../show/states.tsx";
import { Checks } from "./checks.tsx";
import type { Credential } from "./credential.ts";

/** Runs the verifier on the passport and its bundle. Whom to trust is the reader's word, never the passport's. */
export function PassportChecks({ passport, credential }: { passport: string; credential: Credential }) {
  const [trusted, setTrusted] = useState(false);
  const verified = useQuery({
    queryKey: ["verify", passport, trusted],
    queryFn: async ({ signal }) => {
      const bundle = await ask<object>("certify/bundle", { passport }, signal);
      const issuers = trusted ? { issuers: { issuers: [{ id: credential.issuer.id }] } } : {};
      return calculate<Verification>("certify/verify", { credential, bundle, ...issuers });
    },
  });
  return (
    <Panel title="Checks">
      <Checkbox
        checked={trusted}
        onChange={(e) => setTrusted(e.currentTarget.checked)}
        label={`I trust this key of ${credential.issuer.name}`}
        description="Compare it with the key the issuer gave you another way. This page cannot vouch for itself."
      />
      <Answered asked={verified} rows={8}>
        {(of) => <Checks of={of} />}
      </Answered>
    </Panel>
  );
}
