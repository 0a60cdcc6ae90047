import { NativeSelect } from "@mantine/core";
import { useNavigate, useParams } from "@tanstack/react-router";
import { isRole, ROLES, type Role } from "../../trust/index.ts";
import { dutiesOf, whoMay } from "../kit/duties.ts";
import { sentence, words } from "../kit/show/figure-text.ts";
import { Go } from "../kit/show/go.tsx";
import { Page, Panel } from "../kit/show/page.tsx";
import { useSignedIn } from "../kit/signed-in.ts";
import type { Doing, Guide, Place } from "./guide.ts";
import { slugOf } from "./guide.ts";
import { GUIDES } from "./guides.ts";
import { PICTURES } from "./pictures.ts";

/** How a role works here, on one screen; without a role, one's own, or all of them to choose from. */
export function GuidePage() {
  const { role: slug } = useParams({ strict: false }) as { role?: string };
  const me = useSignedIn();
  const wanted = slug?.replaceAll("-", " ") ?? me?.role;
  const guide = wanted !== undefined && Object.hasOwn(GUIDES, wanted) ? GUIDES[wanted] : undefined;
  if (wanted !== undefined && isRole(wanted) && guide) return <GuideOf role={wanted} guide={guide} />;
  return <AllGuides />;
}

const AllGuides = () => (
  <Page title="Guides" says="What each role does here, and where.">
    <Panel title="Roles">
      <ul className="list">
        {Object.entries(ROLES).map(([role, does]) => (
          <li key={role}>
            <Go to={`/guide/${slugOf(role)}`}>{role}</Go> <span className="dim">{does}</span>
          </li>
        ))}
      </ul>
    </Panel>
  </Page>
);

function GuideOf({ role, guide }: { role: Role; guide: Guide }) {
  return (
    <Page title={`Guide: ${role}`} says={guide.is} actions={<OtherGuide of={role} />}>
      <div className="guide">
        <div>
          <Panel title="What waits for you">
            <ul className="list">
              {guide.waits.map(({ says, on }) => (
                <li key={says}>
                  <Where on={on} />: {says}
                </li>
              ))}
            </ul>
          </Panel>
          <Panel title="What you do most">
            <ol className="list">
              {guide.does.map((doing) => (
                <li key={`${doing.says} ${doing.press}`}>
                  <Do of={doing} />
                </li>
              ))}
            </ol>
            <AllDuties of={role} />
          </Panel>
        </div>
        <div>
          <GuidePicture role={role} of={guide.does[0]} />
          <Panel title="What others do">
            <ul className="list">
              {guide.others.map(({ says, command }) => (
                <li key={says}>
                  {says}: <span className="dim">{whoMay(command).join(", ")}</span>
                </li>
              ))}
            </ul>
          </Panel>
          <Panel title="When it is refused" says="Nothing was written then, and what you filled in stays.">
            <ul className="list">
              {guide.refused.map(({ code, now }) => (
                <li key={code}>
                  <strong>{sentence(words(code))}.</strong> {now}
                </li>
              ))}
            </ul>
          </Panel>
        </div>
      </div>
    </Page>
  );
}

/** The rows of the table of duties that are this role's. */
function AllDuties({ of }: { of: Role }) {
  const duties = dutiesOf(of);
  return (
    <details>
      <summary className="small">All that you may do ({duties.length})</summary>
      <ul className="list small">
        {duties.map((command) => (
          <li key={command}>
            <Go to={`/do/${command}`}>{words(command.replace("/", ": ").replaceAll("-", " "))}</Go>
          </li>
        ))}
      </ul>
    </details>
  );
}

function OtherGuide({ of }: { of: string }) {
  const navigate = useNavigate();
  return (
    <NativeSelect
      aria-label="guide of another role"
      value={of}
      onChange={(event) => void navigate({ to: `/guide/${slugOf(event.currentTarget.value)}` })}
      data={Object.keys(ROLES)}
    />
  );
}

const Do = ({ of: { says, on, press } }: { of: Doing }) => (
  <>
    {says}
    <div className="dim">
      <Where on={on} />
      {on.opens ? ` › ${on.opens}` : ""} › <kbd>{press}</kbd>
    </div>
  </>
);

const Where = ({ on }: { on: Place }) => <Go to={on.to}>{on.name}</Go>;

function GuidePicture({ role, of }: { role: Role; of: Doing | undefined }) {
  const picture = PICTURES[slugOf(role)];
  if (!picture || !of) return null;
  return (
    <figure className="guide-picture">
      <img src={picture} alt={`${of.on.name}, with ${of.press} marked`} width={640} height={360} />
      <figcaption className="dim small">
        {of.on.name}
        {of.on.opens ? `, ${of.on.opens}` : ""}: {of.press}
      </figcaption>
    </figure>
  );
}
