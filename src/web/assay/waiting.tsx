import { Button } from "@mantine/core";
import { useAskPages, useCommand } from "../kit/client/hooks.ts";
import { timeText } from "../kit/show/figure-text.ts";
import { Go, ToLot, ToSample } from "../kit/show/go.tsx";
import { Panel, Tag } from "../kit/show/page.tsx";
import { RefusedNote } from "../kit/show/states.tsx";
import { PagedTable } from "../kit/show/table.tsx";
import { useMay, useSignedIn } from "../kit/signed-in.ts";

interface Waits {
  readonly side: string;
  readonly for: "report" | "release";
  readonly since: string;
  readonly laboratory?: string;
  readonly by?: { readonly role: string; readonly party: string };
}

/** Samples with what each waits for. Who reported does not release: the server refuses, and says so here. */
export function Waiting() {
  const pages = useAskPages("assay/waiting", { limit: 50 });
  const release = useCommand("assay/release");
  const released = release.data?.answer;
  const signedIn = useSignedIn() !== undefined;
  const may = useMay();
  return (
    <Panel
      title="What waits"
      says="A report of each side, then its release by another role than reported it."
    >
      {released ? (
        <p className="note good" role="status">
          Released: {released.sample}, {released.side}.{signedIn ? "" : " Unverified: nobody signed in."}
        </p>
      ) : null}
      <RefusedNote error={release.error} />
      <PagedTable
        pages={pages}
        caption="samples that wait"
        keyOf={(of) => of.sample}
        empty="No sample waits for a report or a release."
        columns={[
          { head: "Sample", cell: (of) => <ToSample id={of.sample} />, kind: "keep" },
          { head: "Lot", cell: (of) => <ToLot lot={of.lot} />, kind: "keep" },
          {
            head: "Waits for",
            cell: (of) => (
              <ul className="list">
                {of.waits.map((waits) => (
                  <li key={waits.side}>
                    <WaitsFor of={waits} sample={of.sample} />{" "}
                    {waits.for === "release" && may("assay/release") ? (
                      <Button
                        size="compact-sm"
                        variant="default"
                        loading={release.isPending}
                        onClick={() => release.mutate({ sample: of.sample, side: waits.side })}
                        aria-label={`release ${waits.side} of ${of.sample}`}
                      >
                        Release
                      </Button>
                    ) : null}
                  </li>
                ))}
              </ul>
            ),
          },
        ]}
      />
    </Panel>
  );
}

function WaitsFor({ of, sample }: { of: Waits; sample: string }) {
  const may = useMay();
  if (of.for === "report") {
    return (
      <>
        <Tag mood="warn">report</Tag> of the {of.side}, since {timeText(of.since)}.{" "}
        {may("assay/report") ? (
          <Go to="/do/assay/report" search={{ sample, side: of.side, from: "/laboratory" }}>
            Report results
          </Go>
        ) : null}
      </>
    );
  }
  const by = of.by ? ` by ${of.by.role} @ ${of.by.party}` : "";
  return (
    <>
      <Tag mood="warn">release</Tag> of the {of.side}: {of.laboratory} reported {timeText(of.since)}
      {by}.
    </>
  );
}
