import { Button, TextInput } from "@mantine/core";
import { type FormEvent, useEffect, useState } from "react";
import type { Consignment, ManifestRead } from "../../intake/index.ts";
import { JobFailure, JobProgress } from "../jobs/job-progress.tsx";
import { isLive, useJobs, useStartJob } from "../jobs/use-jobs.ts";
import { TextDrop } from "../kit/show/drop.tsx";
import { timeText } from "../kit/show/figure-text.ts";
import { ToDocument } from "../kit/show/go.tsx";
import { OnlyWhoMay } from "../kit/show/only-who-may.tsx";
import { Panel, Tag } from "../kit/show/page.tsx";
import { Empty, RefusedNote } from "../kit/show/states.tsx";
import { Findings } from "./findings.tsx";

const READ = "intake/read-manifest";

/** Manifests that were read, with what was wrong in each, and a place for another. */
export function Manifests({ of }: { of: Consignment }) {
  return (
    <Panel title="Manifests">
      {of.manifests.length === 0 ? <Empty>No manifest was read yet.</Empty> : null}
      {of.manifests.map((m) => (
        <Read key={m.digest} consignment={of.consignment} manifest={m} />
      ))}
      {of.lots.length === 0 ? (
        <OnlyWhoMay command={READ} says="Reading one">
          <ReadManifest consignment={of.consignment} />
        </OnlyWhoMay>
      ) : null}
    </Panel>
  );
}

function Read({ consignment, manifest }: { consignment: string; manifest: ManifestRead }) {
  const { name, rows, kept, rejected, blank, findings_count, digest, at } = manifest;
  return (
    <div style={{ marginBottom: "0.75rem" }}>
      <p style={{ margin: 0 }}>
        <ToDocument digest={digest}>{name}</ToDocument>, read {timeText(at)}: {rows} rows,{" "}
        <Tag mood="good">{kept} kept</Tag> {rejected > 0 ? <Tag mood="bad">{rejected} rejected</Tag> : null}{" "}
        {blank > 0 ? <Tag>{blank} blank</Tag> : null}
      </p>
      {findings_count > 0 ? (
        <details open={findings_count <= 10}>
          <summary className="small">
            {findings_count} {findings_count === 1 ? "finding" : "findings"}
          </summary>
          <Findings consignment={consignment} manifest={digest} name={name} />
        </details>
      ) : null}
    </div>
  );
}

function ReadManifest({ consignment }: { consignment: string }) {
  const [name, setName] = useState("");
  const [text, setText] = useState("");
  const [asked, setAsked] = useState<string>();
  const read = useStartJob(READ, { onDone: ({ job }) => setAsked(job) });
  // Whoever asked for it, here or elsewhere, before a reload or after: one manifest of a consignment is read at a time.
  const reading = useJobs({ use_case: READ }).data?.filter((job) => job.about["consignment"] === consignment);
  const live = reading?.find(isLive);
  const mine = reading?.find(({ job }) => job === asked);
  const wasRead = mine?.state === "done";
  useEffect(() => {
    if (!wasRead) return;
    setText("");
    setName("");
  }, [wasRead]);
  const send = (event: FormEvent) => {
    event.preventDefault();
    read.mutate({ consignment, text, ...(name.trim() ? { name: name.trim() } : {}) });
  };
  return (
    <form onSubmit={send}>
      {live ? <JobProgress job={live} /> : null}
      <TextDrop
        label="Manifest as CSV, or lines of text"
        description="Drop a file here, choose one, or paste. Every row is kept or named with its fault."
        placeholder={"description,qty\nSeagate ST2000DM008 2TB 3.5 HDD,12"}
        text={text}
        onText={(found, called) => {
          setText(found);
          if (called !== undefined) setName(called);
        }}
        between={(choose) => (
          <>
            <TextInput
              label="Name"
              placeholder="pallet-1.csv"
              value={name}
              onChange={(e) => setName(e.currentTarget.value)}
            />
            {choose}
            <Button
              type="submit"
              disabled={text.trim() === ""}
              loading={read.isPending || live !== undefined}
            >
              Read it
            </Button>
          </>
        )}
      />
      <RefusedNote error={read.error} />
      {mine ? <JobFailure job={mine} /> : null}
    </form>
  );
}
