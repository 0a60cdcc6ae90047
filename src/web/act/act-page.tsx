import { Button } from "@mantine/core";
import { useLocation, useParams } from "@tanstack/react-router";
import { type FormEvent, type ReactNode, useState } from "react";
import { JobFailure, JobProgress } from "../jobs/job-progress.tsx";
import { ResultOf } from "../jobs/result-of.tsx";
import { isLive } from "../jobs/use-jobs.ts";
import { useAsk } from "../kit/client/hooks.ts";
import { whoMay } from "../kit/duties.ts";
import { FieldList } from "../kit/show/entry-body.tsx";
import { fieldsOf } from "../kit/show/fields.ts";
import { sentence } from "../kit/show/figure-text.ts";
import { Go } from "../kit/show/go.tsx";
import { Page, Panel } from "../kit/show/page.tsx";
import { Answered, RefusedNote } from "../kit/show/states.tsx";
import { useMay, useSignedIn } from "../kit/signed-in.ts";
import { useWho } from "../kit/who.tsx";
import { PlaceFields } from "./act-form.tsx";
import { AskSecond } from "./ask-second.tsx";
import { draftOf, fromAddress, inputOf } from "./draft.ts";
import { type Act, useAct } from "./use-act.ts";
import { useSend } from "./use-send.ts";

/** One command of the programme as a form made from its own contract, filled in as far as the page before knew. */
export function ActPage() {
  const { room = "", verb = "" } = useParams({ strict: false }) as { room?: string; verb?: string };
  const asked = useAct(room, verb);
  return (
    <Page
      title={asked.data?.title ?? `${room} ${verb}`}
      says={asked.data?.says ? `${sentence(asked.data.says)}.` : undefined}
    >
      <Answered asked={asked} rows={8}>
        {(act) => (
          <>
            <ForOthers command={`${room}/${verb}`} />
            <ActForm key={`${room}/${verb}`} act={act} path={`${room}/${verb}`} />
          </>
        )}
      </Answered>
    </Page>
  );
}

/** Said before anything is filled in: that this is another's to do. */
function ForOthers({ command }: { command: string }) {
  const me = useSignedIn();
  const may = useMay();
  const roles = whoMay(command);
  if (me === undefined || roles.length === 0 || may(command)) return null;
  return (
    <p className="note warn">
      Done by: {roles.join(", ")}. As {me.role} you would be refused.
    </p>
  );
}

/** The form of one command. It begins with `start`, or with what the address says; `beside` reads what is written so far. */
export function ActForm(props: {
  act: Act;
  path: string;
  start?: unknown;
  beside?: (input: unknown) => ReactNode;
}) {
  const { act, path, start, beside } = props;
  const { from, ...search } = useLocation().search as Readonly<Record<string, unknown>>;
  const [draft, setDraft] = useState(() => draftOf(act.field, start ?? fromAddress(search)));
  const { actor } = useWho();
  const signedIn = useAsk("trust/me").data?.signed_in === true;
  const sent = useSend(act, path);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    sent.send((inputOf(act.field, draft) ?? {}) as object);
  };
  if (sent.written) return <Done {...sent.written} from={from} again={sent.again} />;
  if (sent.told !== undefined) return <Told result={sent.told} from={from} again={sent.again} />;
  if (sent.workedOut) return <WorkedOut {...sent.workedOut} again={sent.again} />;
  if (sent.job && isLive(sent.job))
    return (
      <Panel title="Under way">
        <JobProgress job={sent.job} />
      </Panel>
    );
  const form = (
    <Panel title="Fill in">
      <form className="act" onSubmit={submit}>
        <PlaceFields
          label=""
          path=""
          field={act.field}
          draft={draft}
          required
          example={act.example}
          refusedAt={sent.refusedAt}
          beside={() => undefined}
          change={setDraft}
        />
        <RefusedNote error={sent.error} />
        <AskSecond error={sent.error} path={path} input={inputOf(act.field, draft) ?? {}} />
        {sent.job ? <JobFailure job={sent.job} /> : null}
        <div className="acts">
          <Button type="submit" loading={sent.pending}>
            {act.writes ? "Put it on the books" : act.does ? "Do it" : "Work it out"}
          </Button>
          {typeof from === "string" ? <Go to={from}>Leave it</Go> : null}
        </div>
        <p className="dim small">
          {!act.does
            ? "Nothing of it is an entry."
            : actor
              ? `${act.writes ? "Written" : "Done"} as ${actor}${signedIn ? "" : ", unverified"}.`
              : "Say who acts at the foot of the menu, or it is written as unstated."}
        </p>
      </form>
    </Panel>
  );
  if (!beside) return form;
  return (
    <div className="beside">
      {form}
      {beside(inputOf(act.field, draft))}
    </div>
  );
}

const WorkedOut = ({ again, ...of }: { job: string; result: unknown; again: () => void }) => (
  <Panel title="Worked out">
    <ResultOf {...of} />
    <div className="acts">
      <button type="button" className="plain" onClick={again}>
        Once more
      </button>
    </div>
  </Panel>
);

/** What came of an action, each part by its name. */
function Told({ result, from, again }: { result: unknown; from: unknown; again: () => void }) {
  return (
    <Panel title="Done">
      <FieldList of={fieldsOf(result as Readonly<Record<string, unknown>>)} />
      <div className="acts">
        {typeof from === "string" ? <Go to={from}>Back to where you were</Go> : null}
        <button type="button" className="plain" onClick={again}>
          Once more
        </button>
      </div>
    </Panel>
  );
}

function Done(props: {
  answer: Readonly<Record<string, unknown>>;
  seq: number;
  from: unknown;
  again: () => void;
}) {
  const { answer, seq, from, again } = props;
  const named = Object.entries(answer).filter(
    (e): e is [string, string | number] => typeof e[1] === "string" || typeof e[1] === "number",
  );
  return (
    <Panel title="On the books">
      <p className="note good" role="status">
        Written as entry {seq}
        {named.length > 0
          ? `: ${named.map(([name, value]) => `${name.replaceAll("_", " ")} ${value}`).join(", ")}`
          : ""}
        .
      </p>
      <div className="acts">
        {typeof from === "string" ? (
          <Go to={from}>Back to where you were</Go>
        ) : (
          <Go to="/books">See the books</Go>
        )}
        <button type="button" className="plain" onClick={again}>
          Once more
        </button>
      </div>
    </Panel>
  );
}
