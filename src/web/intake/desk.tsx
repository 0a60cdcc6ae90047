import { useState } from "react";
import { useAsk } from "../kit/client/hooks.ts";
import { startOfToday } from "../kit/show/day.ts";
import { dateText, whole } from "../kit/show/figure-text.ts";
import { Go, ToConsignment } from "../kit/show/go.tsx";
import { Site } from "../kit/show/named.tsx";
import { Panel } from "../kit/show/page.tsx";
import { Answered, Empty } from "../kit/show/states.tsx";

interface Named {
  readonly consignment: string;
  readonly from: string;
  readonly site: string;
  readonly at: string;
  readonly open_devices: number;
  readonly unresolved_rows: number;
}

/** Longer lists are cut: the table below has them all. */
const SHOWN = 6;

/** The morning of an intake lead: what arrived today, what must still be destroyed, which rows nobody has settled. */
export function Desk({ site, owner }: { site: string | undefined; owner: string | undefined }) {
  const [since] = useState(() => startOfToday());
  const asked = useAsk("intake/desk", { since, site, owner });
  return (
    <Answered asked={asked} rows={3}>
      {(desk) => (
        <div className="columns">
          <Panel title="Arrived today">
            {desk.arrived.length === 0 ? (
              <Empty>
                Nothing yet today.{" "}
                {desk.last ? (
                  <>
                    The last was <ToConsignment id={desk.last.consignment} /> on {dateText(desk.last.at)}.
                  </>
                ) : null}
              </Empty>
            ) : (
              <Shortlist
                of={desk.arrived}
                says={(c) => (
                  <>
                    {c.from}, at <Site id={c.site} />
                  </>
                )}
              />
            )}
          </Panel>
          <Panel title="Still to do">
            {desk.to_destroy.length + desk.to_settle.length === 0 ? (
              <Empty>Every data-bearing device has its destruction record, and every row is settled.</Empty>
            ) : null}
            {desk.to_destroy.length > 0 ? (
              <>
                <h3>{whole(desk.open_devices)} devices that can hold data need a destruction record</h3>
                <Shortlist
                  of={desk.to_destroy}
                  says={(c) => (
                    <>
                      {whole(c.open_devices)} at <Site id={c.site} />:{" "}
                      <Go to={`/consignments/${encodeURIComponent(c.consignment)}/destruction`}>
                        record their destruction
                      </Go>
                    </>
                  )}
                />
              </>
            ) : null}
            {desk.to_settle.length > 0 ? (
              <>
                <h3>{whole(desk.unresolved_rows)} rows of manifests could not be read</h3>
                <Shortlist of={desk.to_settle} says={(c) => `${whole(c.unresolved_rows)} to settle`} />
              </>
            ) : null}
          </Panel>
        </div>
      )}
    </Answered>
  );
}

function Shortlist({ of, says }: { of: readonly Named[]; says: (c: Named) => React.ReactNode }) {
  return (
    <ul className="list">
      {of.slice(0, SHOWN).map((c) => (
        <li key={c.consignment}>
          <ToConsignment id={c.consignment} /> <span className="dim">{says(c)}</span>
        </li>
      ))}
      {of.length > SHOWN ? (
        <li className="dim">and {whole(of.length - SHOWN)} more in the list below</li>
      ) : null}
    </ul>
  );
}
