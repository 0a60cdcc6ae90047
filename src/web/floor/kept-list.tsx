import { outbox, useOutbox } from "../kit/client/use-outbox.ts";
import { timeText } from "../kit/show/figure-text.ts";

/** What this phone still keeps: waiting for the line, or refused and waiting for a person. */
export function KeptList() {
  const kept = useOutbox();
  if (kept.length === 0) return null;
  return (
    <section className="floor-kept" aria-label="kept on this phone">
      {kept.map((entry) => (
        <div key={entry.key} className={`note ${entry.refused ? "bad" : "warn"}`} role="status">
          <strong>{entry.refused ? "Refused: " : "Kept on this phone: "}</strong>
          {entry.what}, {timeText(entry.at)}
          <div className="small">
            {entry.refused ?? "It is sent, once, when the server can be reached."}{" "}
            {entry.refused ? (
              <button type="button" className="plain" onClick={() => outbox.drop(entry.key)}>
                Put it away
              </button>
            ) : null}
          </div>
        </div>
      ))}
    </section>
  );
}
