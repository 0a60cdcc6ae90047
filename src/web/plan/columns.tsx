import { dateText } from "../kit/show/figure-text.ts";
import { Go } from "../kit/show/go.tsx";
import { Site } from "../kit/show/named.tsx";
import { weeksAround } from "./weeks.ts";

export interface ColumnPlan {
  readonly unit: { readonly id: string; readonly name: string; readonly site: string };
  readonly bookings: readonly {
    readonly campaign: string;
    readonly lot: string;
    readonly state: "planned" | "run" | "cancelled";
    readonly from: string;
    readonly to: string;
  }[];
}

/** More dates than this do not fit beside each other. */
const LABELS_MAX = 8;

/** A row for each column, a bar for each campaign; the line is today. */
export function Columns({ columns, today }: { columns: readonly ColumnPlan[]; today: string }) {
  const scale = weeksAround(
    columns.flatMap((c) => c.bookings),
    today,
  );
  const every = Math.ceil(scale.mondays.length / LABELS_MAX);
  const percent = (part: number) => `${(100 * part).toFixed(2)}%`;
  return (
    <section className="scroll weeks" aria-label="columns by week">
      <div className="weeks-grid">
        <div className="weeks-row weeks-head" aria-hidden="true">
          <span />
          <div className="weeks-line">
            {scale.mondays
              .filter((_, k) => k % every === 0)
              .map((monday) => (
                <span
                  key={monday}
                  className="weeks-tick"
                  style={{ left: percent((monday - scale.start) / (scale.end - scale.start)) }}
                >
                  {dateText(new Date(monday).toISOString().slice(0, 10))}
                </span>
              ))}
          </div>
        </div>
        {columns.map(({ unit, bookings }) => (
          <div key={unit.id} className="weeks-row">
            <span>
              {unit.name}
              <span className="dim small">
                <Site id={unit.site} />
              </span>
            </span>
            <div className="weeks-line">
              <span className="weeks-today" style={{ left: percent(scale.at(today)) }} title="today" />
              {bookings.map((b) => (
                <span
                  key={b.campaign}
                  className={`weeks-bar ${b.state}`}
                  style={{
                    left: percent(scale.at(b.from)),
                    width: percent(scale.at(b.to) - scale.at(b.from)),
                  }}
                  title={`${b.campaign}, ${b.lot}: ${dateText(b.from)} to ${dateText(b.to)}`}
                >
                  <Go to={`/campaigns/${encodeURIComponent(b.campaign)}`}>{b.campaign}</Go>
                </span>
              ))}
              {bookings.length === 0 ? <span className="dim small weeks-free">free</span> : null}
            </div>
          </div>
        ))}
      </div>
    </section>
  );
}
