import { lazy, Suspense } from "react";
import { ElementTable } from "../account/element-table.tsx";
import type { Late, NowAnswer, Open, Waiting } from "../account/now.ts";
import { Acts } from "../act/do.tsx";
import { useAsk } from "../kit/client/hooks.ts";
import { differenceWords, sizeWords } from "../kit/show/difference.ts";
import { DOUBT_NOTE, Mass, Sigmas } from "../kit/show/figure.tsx";
import { datesIn, dateText } from "../kit/show/figure-text.ts";
import { Go } from "../kit/show/go.tsx";
import { useNames } from "../kit/show/named.tsx";
import { Page, Panel, Tag } from "../kit/show/page.tsx";
import { Answered, Empty, Loading } from "../kit/show/states.tsx";
import { ToGuide } from "../kit/show/to-guide.tsx";
import { useSignedIn } from "../kit/signed-in.ts";
import { useToApprove } from "../kit/to-approve.ts";
import { useWho } from "../kit/who.tsx";
import { Begin } from "./begin.tsx";
import { ForYou } from "./for-you.tsx";
import { LoopPicture } from "./loop-picture.tsx";
import { waitsFor } from "./mine.ts";
import { Welcome } from "./welcome.tsx";

const HandedOver = lazy(async () => ({ default: (await import("./handed-over.tsx")).HandedOver }));
const SiteMap = lazy(async () => ({ default: (await import("./site-map.tsx")).SiteMap }));

/** The first page: of the loop, or for a customer of what it handed over. */
export function Overview() {
  if (useSignedIn()?.kind !== "customer") return <WholeLoop />;
  return (
    <Suspense fallback={<Loading rows={12} />}>
      <HandedOver />
    </Suspense>
  );
}

/** Where every kilogram is, what is late, what does not close, what waits for whom. */
function WholeLoop() {
  const { view } = useWho();
  const names = useNames();
  const now = useAsk("overview/now", { owner: view });
  return (
    <Page
      title="Overview"
      says={
        view
          ? `The lots of ${names.party(view)}; what is late or waits concerns the whole programme.`
          : undefined
      }
      actions={<ToGuide />}
    >
      <ForYou />
      <Answered asked={now} rows={12}>
        {(answer) => (
          <>
            {answer.sample ? <Welcome /> : null}
            {!answer.sample && answer.counts["consignments"] === 0 ? <Begin /> : null}
            <Loop of={answer} />
            <Panel title="Where each element is" says={`Kilograms by place. ${DOUBT_NOTE}`}>
              <ElementTable balance={answer.balance} />
            </Panel>
          </>
        )}
      </Answered>
      <Panel title="Sites">
        <Acts on="sites" />
        <Suspense fallback={<Loading rows={8} />}>
          <SiteMap />
        </Suspense>
      </Panel>
    </Page>
  );
}

/** Who signed in reads first what there is to do; who looks on, how it hangs together. */
function Loop({ of: { counts, waiting, late, open } }: { of: NowAnswer }) {
  const picture = <LoopPicture counts={counts} waiting={waiting} late={late} />;
  const signedIn = useSignedIn() !== undefined;
  return (
    <>
      {signedIn ? null : picture}
      <div className="columns">
        <Waits items={waiting} />
        <div>
          <Panel title="Late">
            <LateList items={late} />
          </Panel>
          <Panel title="Does not close">
            <OpenList items={open} />
          </Panel>
        </div>
      </div>
      {signedIn ? picture : null}
    </>
  );
}

/** What waits for who is signed in comes first, and what waits for others after it. */
function Waits({ items }: { items: readonly Waiting[] }) {
  const me = useSignedIn();
  const toApprove = useToApprove();
  if (!me)
    return (
      <Panel title="Waits for">
        <WaitingList items={items} none="Nothing waits for anybody." />
      </Panel>
    );
  const isMine = (waiting: Waiting) => waitsFor(me, waiting);
  return (
    <div>
      <Panel title="Waits for you" says={`As ${me.role}.`}>
        {toApprove > 0 ? (
          <p>
            <Go to="/approvals">{toApprove === 1 ? "A proposal" : `${toApprove} proposals`}</Go> of others,
            for a second person to approve or decline
          </p>
        ) : null}
        {toApprove > 0 && !items.some(isMine) ? null : (
          <WaitingList items={items.filter(isMine)} none="Nothing waits for you." mine />
        )}
      </Panel>
      <Panel title="Waits for others">
        <WaitingList items={items.filter((one) => !isMine(one))} none="Nothing waits for anybody else." />
      </Panel>
    </div>
  );
}

function WaitingList(props: { items: readonly Waiting[]; none: string; mine?: boolean }) {
  const { items, none, mine = false } = props;
  if (items.length === 0) return <Empty>{none}</Empty>;
  return (
    <ul className="list">
      {items.map((w) => (
        <li key={`${w.what} ${w.id}`}>
          {mine ? null : <Tag>{w.who}</Tag>} {w.what}: <Go to={w.link}>{w.id}</Go>
          <div className="dim">
            {datesIn(w.why)}, since {dateText(w.since)}
          </div>
        </li>
      ))}
    </ul>
  );
}

function LateList({ items }: { items: readonly Late[] }) {
  if (items.length === 0) return <Empty>Nothing is late.</Empty>;
  return (
    <ul className="list">
      {items.map((l) => (
        <li key={`${l.what} ${l.id}`}>
          <Tag mood="warn">{l.what}</Tag> <Go to={l.link}>{l.id}</Go>
          <div className="dim">
            {datesIn(l.why)}, since {dateText(l.since)}
          </div>
        </li>
      ))}
    </ul>
  );
}

function OpenList({ items }: { items: readonly Open[] }) {
  if (items.length === 0)
    return (
      <Empty>Every step closes, alone and added up, and no scale reads otherwise than it is stated to.</Empty>
    );
  return (
    <ul className="list">
      {items.map((o) => (
        <li key={`${o.id} ${o.what}`}>
          <Go to={o.link}>{o.id}</Go> {o.what}: {o.finding ? findingWords(o) : <OpenMass of={o} />}
          <div className="dim">{o.why}</div>
        </li>
      ))}
    </ul>
  );
}

function OpenMass({ of }: { of: Open }) {
  return (
    <>
      <Mass mg={of.residual_mg ?? 0} /> <Sigmas of={of.sigmas ?? 0} within={false} />
    </>
  );
}

/** What is missing is lighter; what a scale reads more is heavier. */
function findingWords({ finding, residual_mg, sd_mg = 0 }: Open): string {
  if (residual_mg === undefined) return "two laboratories differ by more than chance";
  if (finding === "run") return differenceWords(-residual_mg, sd_mg, "what went in");
  // Nothing came or went: one of two scales reads otherwise than it is stated to.
  const than = finding === "scale" ? "other scales" : "the sender's scale";
  return `${sizeWords(-residual_mg, than)}, more than is stated of it`;
}
