/** A row of the table of duties, as the server tells it. */
export interface Row {
  readonly command: string;
  readonly role: string;
  readonly own: boolean;
  readonly other: boolean;
  readonly buyer: boolean;
  readonly customer: boolean;
  readonly reads?: true;
  readonly beside?: true;
}

export type Column = "own" | "other" | "buyer" | "customer";

/** One cell of it: somebody in a role, of a party of that column, and whether they may. */
export interface Cell extends Pick<Row, "command" | "role"> {
  readonly column: Column;
  readonly may: boolean;
  readonly party: string;
  readonly is: "command" | "query" | "action";
}
