import { type ReactNode, useEffect, useId } from "react";

/** One page of the app: one h1, what it is in a sentence, and what can be done with it. */
export function Page(props: { title: string; says?: ReactNode; actions?: ReactNode; children: ReactNode }) {
  const { title, says, actions, children } = props;
  useEffect(() => {
    document.title = `${title} · Didym`;
  }, [title]);
  return (
    <div className="page">
      <header className="page-head">
        <div>
          <h1>{title}</h1>
          {says ? <p>{says}</p> : null}
        </div>
        {actions ? <div className="page-acts no-print">{actions}</div> : null}
      </header>
      {children}
    </div>
  );
}

export function Panel(props: { title: ReactNode; children: ReactNode; says?: ReactNode }) {
  const id = useId();
  return (
    <section className="panel" aria-labelledby={id}>
      <h2 id={id}>{props.title}</h2>
      {props.says ? <p className="dim small">{props.says}</p> : null}
      {props.children}
    </section>
  );
}

export function Facts({ of }: { of: readonly (readonly [label: string, value: ReactNode])[] }) {
  return (
    <dl className="facts">
      {of.map(([label, value]) => (
        <FactRow key={label} label={label} value={value} />
      ))}
    </dl>
  );
}

const FactRow = ({ label, value }: { label: string; value: ReactNode }) => (
  <>
    <dt>{label}</dt>
    <dd>{value}</dd>
  </>
);

export type Mood = "good" | "bad" | "warn" | "mute";

export const Tag = ({ mood = "mute", children }: { mood?: Mood; children: ReactNode }) => (
  <span className={`tag ${mood}`}>{children}</span>
);
