import { Button } from "@mantine/core";
import { Fragment, type ReactNode } from "react";
import type { Pages } from "../client/hooks.ts";
import { Empty, Failed, Loading } from "./states.tsx";

export interface Column<T> {
  readonly head: string;
  readonly cell: (row: T) => ReactNode;
  /** Figures stand right-aligned; "keep" stays on one line. */
  readonly kind?: "num" | "keep";
}

/** More columns than these do not fit a phone: there each row becomes a card of its own, with the heads beside what they head. */
const COLUMNS_ON_A_PHONE = 2;

/** A table. The first cell of a row names it. `caption` says what it is to those who do not see it. */
export function Table<T>(props: {
  caption: string;
  columns: readonly Column<T>[];
  rows: readonly T[];
  keyOf: (row: T, index: number) => string;
  foot?: ReactNode;
}) {
  const { caption, columns, rows, keyOf, foot } = props;
  const cards = columns.length > COLUMNS_ON_A_PHONE || undefined;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region is reached with the keyboard
    <section className="scroll" aria-label={caption} tabIndex={0} data-cards={cards}>
      <table>
        <thead>
          <tr>
            {columns.map((c) => (
              <th key={c.head} scope="col" className={c.kind}>
                {c.head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, i) => (
            <tr key={keyOf(row, i)}>
              {columns.map((c, j) => (
                <Fragment key={c.head}>
                  {j === 0 ? (
                    <th scope="row" className={c.kind} data-head={c.head}>
                      {c.cell(row)}
                    </th>
                  ) : (
                    <td className={c.kind} data-head={c.head}>
                      {c.cell(row)}
                    </td>
                  )}
                </Fragment>
              ))}
            </tr>
          ))}
        </tbody>
        {foot ? <tfoot>{foot}</tfoot> : null}
      </table>
    </section>
  );
}

/** A paged list of the API as a table, with its empty, loading and refused states. */
export function PagedTable<T>(props: {
  pages: Pages<T>;
  caption: string;
  columns: readonly Column<T>[];
  keyOf: (row: T) => string;
  empty: ReactNode;
}) {
  const { pages, caption, columns, keyOf, empty } = props;
  const { asked, items } = pages;
  if (asked.isError) return <Failed asked={asked} />;
  if (asked.data === undefined) return <Loading rows={6} />;
  return (
    <>
      {items.length === 0 ? (
        <Empty>{empty}</Empty>
      ) : (
        <Table caption={caption} columns={columns} rows={items} keyOf={keyOf} />
      )}
      <Pager pages={pages} what={caption} />
    </>
  );
}

function Pager({ pages, what }: { pages: Pick<Pages<unknown>, "page" | "forward" | "back">; what: string }) {
  const { page, forward, back } = pages;
  if (!forward && !back) return null;
  return (
    <nav className="pager" aria-label={`pages of ${what}`}>
      <Button variant="default" size="compact-sm" disabled={!back} onClick={back}>
        Previous
      </Button>
      <span className="dim">page {page}</span>
      <Button variant="default" size="compact-sm" disabled={!forward} onClick={forward}>
        Next
      </Button>
    </nav>
  );
}
