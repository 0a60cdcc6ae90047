import { Button, FileButton } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import type { Verification } from "../../certify/index.ts";
import { DropArea } from "../kit/show/drop.tsx";
import { Panel } from "../kit/show/page.tsx";
import { RefusedNote } from "../kit/show/states.tsx";
import { CheckList, Verdict } from "./checks.tsx";
import { type Part, readPart } from "./part.ts";

const PARTS = [
  { part: "credential", name: "Passport", says: "the signed credential that came with the drum" },
  {
    part: "bundle",
    name: "Bundle",
    says: "the log it is bound to, signed and dated; without it nothing is accepted",
  },
  {
    part: "issuers",
    name: "Trusted issuers",
    says: "keys you were given another way; without them nobody is trusted",
  },
] as const satisfies readonly { part: Part; name: string; says: string }[];

interface Held {
  readonly name: string;
  readonly content: unknown;
}

/** Checks files from anywhere. They are read and verified in this browser; nothing is sent anywhere. */
export function VerifyPage() {
  const [held, setHeld] = useState<Partial<Record<Part, Held>>>({});
  const [unread, setUnread] = useState<readonly string[]>([]);
  const verify = useMutation({
    mutationFn: async (parts: Partial<Record<Part, Held>>): Promise<Verification> => {
      const { verifyHere } = await import("./verify-here.ts");
      return verifyHere({
        credential: parts.credential?.content,
        ...(parts.bundle ? { bundle: parts.bundle.content } : {}),
        ...(parts.issuers ? { issuers: parts.issuers.content } : {}),
      });
    },
  });
  useEffect(() => {
    document.title = "Verify a passport";
  }, []);
  const take = async (files: readonly File[], as?: Part) => {
    const next = { ...held };
    const faults: string[] = [];
    for (const file of files) {
      const read = await readPart(file);
      if ("fault" in read) faults.push(read.fault);
      else next[as ?? read.part] = { name: file.name, content: read.content };
    }
    setHeld(next);
    setUnread(faults);
    if (next.credential) verify.mutate(next);
  };
  return (
    <main className="sheet">
      <header className="sheet-head">
        <div>
          <h1>Verify a passport</h1>
          <p className="dim">
            Signature, trust, certificate, lineage, balance, and that no feed is claimed twice. The files stay
            in your browser. The same verifier runs offline: <code>didym certify verify</code>.
          </p>
        </div>
      </header>
      <Files held={held} take={take} />
      {unread.map((fault) => (
        <p key={fault} className="note bad" role="alert">
          {fault}
        </p>
      ))}
      <RefusedNote error={verify.error} />
      {verify.data ? (
        <Panel title="Checks">
          <Verdict of={verify.data} />
          <CheckList of={verify.data} />
        </Panel>
      ) : null}
    </main>
  );
}

function Files(props: {
  held: Partial<Record<Part, Held>>;
  take: (files: readonly File[], as?: Part) => Promise<void>;
}) {
  const { held, take } = props;
  return (
    <DropArea onFiles={(files) => void take(files)}>
      <p style={{ marginTop: 0 }}>
        Drop the files here together, or choose each. They are told apart by what is in them.
      </p>
      <ul className="list">
        {PARTS.map(({ part, name, says }) => (
          <li key={part} className="pick">
            <FileButton
              onChange={(file) => void (file ? take([file], part) : undefined)}
              accept=".json,.jsonld,application/json"
            >
              {(button) => (
                <Button variant="default" {...button}>
                  {name}
                </Button>
              )}
            </FileButton>
            <span>{held[part]?.name ?? <span className="dim">{says}</span>}</span>
          </li>
        ))}
      </ul>
    </DropArea>
  );
}
