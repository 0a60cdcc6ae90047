import { useAsk } from "../kit/client/hooks.ts";
import { dateText } from "../kit/show/figure-text.ts";
import { Go } from "../kit/show/go.tsx";
import { Panel, Tag } from "../kit/show/page.tsx";
import { usePersonName } from "../kit/show/person.tsx";
import { useSignedIn } from "../kit/signed-in.ts";

const SHOWN = 8;

/** What who is signed in was told, by party and role: what is not done yet first. Nothing where nobody is, or nothing was told. */
export function ForYou() {
  const me = useSignedIn();
  const mine = useAsk("notices/mine", { limit: 30 }, { enabled: me !== undefined });
  const nameOf = usePersonName();
  const told = me === undefined ? [] : (mine.data?.items ?? []);
  if (told.length === 0) return null;
  const open = told.filter(({ done }) => done === false);
  const rest = told.filter(({ done }) => done !== false);
  return (
    <Panel title="For you">
      <ul className="list">
        {[...open, ...rest].slice(0, SHOWN).map(({ notice, says, about, link, due, done, at }) => (
          <li key={notice}>
            {done === true ? <Tag mood="mute">done</Tag> : null} {says}:{" "}
            <Go to={link}>{about === undefined ? "look" : nameOf(about.id)}</Go>
            <div className="dim">
              {dateText(at)}
              {due === undefined || done === true ? null : `, by ${dateText(due)}`}
            </div>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
