import { Anchor, Container, FileInput, Stack } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { readIssuers } from "../../certify/index.ts";
import { Checks, type Verification } from "../parts/checks.tsx";
import { Card, PageFrame, Problem } from "../parts/frame.tsx";
import { verifyHere } from "../parts/verify-here.ts";

async function jsonOf(file: File): Promise<unknown> {
  try {
    return JSON.parse(await file.text());
  } catch {
    throw new Error(`${file.name} is not JSON`);
  }
}

export function VerifyPage() {
  const [files, setFiles] = useState<{
    credential?: File | null;
    bundle?: File | null;
    issuers?: File | null;
  }>({});
  const [verification, setVerification] = useState<Verification>();
  const [error, setError] = useState<Error>();
  const choose = (change: typeof files) => {
    const chosen = { ...files, ...change };
    setFiles(chosen);
    setError(undefined);
    check(chosen).then(setVerification).catch(setError);
  };
  return (
    <Container size="md" py="xl" component="main">
      <PageFrame title="Verify a passport" hint="Everything is checked in this browser; no file leaves it">
        <Card>
          <Stack>
            <FileInput
              label="Passport (JSON)"
              placeholder="Choose a file"
              value={files.credential ?? null}
              onChange={(credential) => choose({ credential })}
              clearable
            />
            <FileInput
              label="Bundle (JSON), for lineage, balance and claims"
              placeholder="Choose a file"
              value={files.bundle ?? null}
              onChange={(bundle) => choose({ bundle })}
              clearable
            />
            <FileInput
              label="Issuers you trust (JSON)"
              placeholder="Choose a file"
              value={files.issuers ?? null}
              onChange={(issuers) => choose({ issuers })}
              clearable
            />
          </Stack>
        </Card>
        {error ? <Problem error={error} /> : null}
        {verification ? (
          <Card>
            <Checks of={verification} />
          </Card>
        ) : null}
        <Anchor component={Link} to="/">
          Didym
        </Anchor>
      </PageFrame>
    </Container>
  );
}

async function check(files: {
  credential?: File | null;
  bundle?: File | null;
  issuers?: File | null;
}): Promise<Verification | undefined> {
  if (!files.credential) return undefined;
  const trusted = files.issuers ? readIssuers(await jsonOf(files.issuers)) : undefined;
  if (trusted && !trusted.ok) throw new Error(trusted.refusal.message);
  return verifyHere({
    credential: await jsonOf(files.credential),
    ...(files.bundle ? { bundle: await jsonOf(files.bundle) } : {}),
    ...(trusted ? { issuers: trusted.value } : {}),
  });
}
