import type { Entry } from "../../src/ledger/index.ts";

/**
 * An auditor with arithmetic of its own. It reads nothing but the log: no view, no function of the product. Amounts are summed as
 * bigint, money and oxide as exact fractions of decimal text.
 */
// biome-ignore lint/suspicious/noExplicitAny: the auditor reads what is written, not what a type promises
type Body = Record<string, any>;

export interface Findings {
  readonly faults: string[];
  readonly steps: number;
  readonly shipments: number;
  readonly statements: number;
  readonly passports: number;
  /** Milligrams of "mass" and of each element that every lot holds in the end. */
  readonly held: ReadonlyMap<string, ReadonlyMap<string, bigint>>;
}

export function auditLog(entries: readonly Entry[]): Findings {
  const auditor = new Auditor();
  for (const entry of entries) auditor.take(entry);
  auditor.finish();
  return auditor;
}

class Auditor implements Findings {
  faults: string[] = [];
  steps = 0;
  shipments = 0;
  statements = 0;
  passports = 0;
  /** Milligrams of "mass" and of each element: on lots, and everywhere else by place. Together they stay zero. */
  private readonly lots = new Map<string, Map<string, bigint>>();
  readonly held = this.lots;
  private readonly elsewhere = new Map<string, bigint>();
  private readonly made = new Map<string, Body>();
  private readonly lines = new Map<string, { bears: boolean; quantity: number; destroyed: number }[]>();
  private readonly dataFrom = new Map<string, readonly string[]>();
  /** Rows that could not be read and that nobody has settled, per consignment. */
  private readonly unread = new Map<string, number>();
  private readonly measured = new Map<string, bigint>();
  private readonly claimed = new Map<string, bigint>();
  private readonly claims = new Map<string, Body>();
  private readonly promised = new Map<string, bigint>();

  take({ seq, kind, body: sealed }: Entry): void {
    const body = sealed as Body;
    const say = (what: string) => this.faults.push(`entry ${seq} (${kind}): ${what}`);
    switch (kind) {
      case "lines_identified":
        return this.readLines(body);
      case "rows_found":
        return this.leaveOpen(body["consignment"], body["rows"].filter((r: Body) => !r["kept"]).length);
      case "row_resolved":
        if (body["line"]) this.readLines({ consignment: body["consignment"], lines: [body["line"]] });
        return this.leaveOpen(body["consignment"], -1);
      case "line_corrected":
        return this.correctLine(body);
      case "media_sanitized":
        return this.sanitize(body, say);
      case "lot_opened":
        this.dataFrom.set(body["lot"], body["data_from"]);
        this.lots.set(body["lot"], amountsOf(body));
        return this.post(amountsOf(body), -1n);
      case "lots_held":
        for (const lot of body["lots"])
          this.dataFrom.set(lot, [...(this.dataFrom.get(lot) ?? []), body["consignment"]]);
        return;
      case "step_recorded":
        return this.step(body, say);
      case "step_reversed":
        return this.reverse(body["step"]);
      case "lot_restated":
        this.post(amountsOf(body["before"]), 1n);
        this.post(amountsOf(body["after"]), -1n);
        this.lots.set(body["lot"], amountsOf(body["after"]));
        return;
      case "lot_delivered":
        return this.deliver(body, say);
      case "shipment_sent":
        return this.send(body, say);
      case "statement_issued":
        return this.statement(body["statement"], say);
      case "feed_measured":
        for (const [element, amount] of Object.entries<Body>(body["elements_mg"]))
          this.measured.set(`${body["feed"]} ${element}`, BigInt(amount["best"]));
        return;
      case "passport_issued":
        return this.claim(body, say);
      case "passport_revoked":
        return this.unclaim(body);
      case "order_allocated":
        return this.promise(body, 1n, say);
      case "allocation_released":
      case "order_shipped":
        return this.promise(body, -1n, say);
    }
  }

  /** Atoms: what is on lots and what is elsewhere is nothing together. */
  finish(): void {
    const total = new Map(this.elsewhere);
    for (const amounts of this.lots.values()) {
      for (const [what, mg] of amounts) {
        total.set(what, (total.get(what) ?? 0n) + mg);
        if (mg < 0n) this.faults.push(`a lot holds ${mg} mg of ${what}`);
      }
    }
    for (const [what, mg] of total)
      if (mg !== 0n) this.faults.push(`${mg} mg of ${what} appeared or vanished`);
  }

  private post(amounts: Map<string, bigint>, sign: bigint): void {
    for (const [what, mg] of amounts) this.elsewhere.set(what, (this.elsewhere.get(what) ?? 0n) + sign * mg);
  }

  private step(body: Body, say: (what: string) => void): void {
    this.steps++;
    this.made.set(body["step"], body);
    const open = new Map<string, bigint>();
    const add = (amounts: Map<string, bigint>, sign: bigint) => {
      for (const [what, mg] of amounts) open.set(what, (open.get(what) ?? 0n) + sign * mg);
    };
    for (const input of body["inputs"]) {
      const amounts = amountsOf(input);
      add(amounts, 1n);
      const held = this.lots.get(input["lot"]);
      if (!held) say(`draws on ${input["lot"]}, which nobody made`);
      for (const [what, mg] of amounts) {
        const left = (held?.get(what) ?? 0n) - mg;
        if (left < 0n) say(`takes ${-left} mg of ${what} more than ${input["lot"]} holds`);
        held?.set(what, left);
      }
    }
    for (const addition of body["additions"]) {
      add(amountsOf(addition), 1n);
      this.post(amountsOf(addition), -1n);
    }
    const sources = [
      ...new Set<string>(body["inputs"].flatMap((i: Body) => this.dataFrom.get(i["lot"]) ?? [])),
    ];
    for (const output of body["outputs"]) {
      if (this.lots.has(output["lot"])) say(`makes ${output["lot"]} a second time`);
      this.lots.set(output["lot"], amountsOf(output));
      this.dataFrom.set(output["lot"], sources);
      add(amountsOf(output), -1n);
    }
    for (const loss of body["losses"]) {
      add(amountsOf(loss), -1n);
      this.post(amountsOf(loss), 1n);
    }
    this.post(open, 1n);
  }

  private reverse(step: string): void {
    const body = this.made.get(step);
    if (!body) return;
    const open = new Map<string, bigint>();
    const add = (amounts: Map<string, bigint>, sign: bigint) => {
      for (const [what, mg] of amounts) open.set(what, (open.get(what) ?? 0n) + sign * mg);
    };
    for (const input of body["inputs"]) {
      const held = this.lots.get(input["lot"]);
      for (const [what, mg] of amountsOf(input)) held?.set(what, (held.get(what) ?? 0n) + mg);
      add(amountsOf(input), 1n);
    }
    for (const addition of body["additions"]) {
      this.post(amountsOf(addition), 1n);
      add(amountsOf(addition), 1n);
    }
    for (const output of body["outputs"]) {
      this.lots.set(output["lot"], new Map());
      add(amountsOf(output), -1n);
    }
    for (const loss of body["losses"]) {
      this.post(amountsOf(loss), -1n);
      add(amountsOf(loss), -1n);
    }
    this.post(open, -1n);
  }

  private deliver(body: Body, say: (what: string) => void): void {
    const held = this.lots.get(body["lot"]);
    const before = held?.get("mass") ?? 0n;
    const mg = BigInt(body["mass_mg"]);
    if (mg > before) say(`delivers ${mg - before} mg more than there is`);
    const taken = new Map<string, bigint>();
    // Shares round half to even in the books; the auditor accepts a milligram either way and books what keeps the lot whole.
    for (const [what, amount] of held ?? [])
      taken.set(what, what === "mass" ? mg : before === 0n ? 0n : roundHalfEven(amount * mg, before));
    for (const [what, amount] of taken) held?.set(what, (held.get(what) ?? 0n) - amount);
    this.post(taken, 1n);
  }

  private readLines(body: Body): void {
    const known = this.lines.get(body["consignment"]) ?? [];
    for (const line of body["lines"])
      known.push({ bears: !NO_DATA.has(line["class"]), quantity: line["quantity"], destroyed: 0 });
    this.lines.set(body["consignment"], known);
  }

  private correctLine(body: Body): void {
    const line = this.lines.get(body["consignment"])?.[body["row"] - 1];
    if (!line) return;
    line.quantity = body["identified"]["quantity"];
    line.bears = body["data_bearing"]
      ? body["data_bearing"] !== "no"
      : !NO_DATA.has(body["identified"]["class"]);
  }

  private sanitize(body: Body, say: (what: string) => void): void {
    for (const record of body["records"]) {
      const line = this.lines.get(body["consignment"])?.[record["row"] - 1];
      if (!line) say(`sanitizes line ${record["row"]}, which was not read`);
      else line.destroyed += record["devices"];
      if (line && line.destroyed > line.quantity)
        say(`sanitizes more devices than line ${record["row"]} holds`);
    }
  }

  private leaveOpen(consignment: string, more: number): void {
    this.unread.set(consignment, (this.unread.get(consignment) ?? 0) + more);
  }

  /** Law 7: nothing leaves while a device of a consignment it came from has no destruction record, or a row is unread. */
  private send(body: Body, say: (what: string) => void): void {
    this.shipments++;
    for (const { lot } of body["lots"]) {
      for (const consignment of this.dataFrom.get(lot) ?? []) {
        const open = (this.lines.get(consignment) ?? []).filter((l) => l.bears && l.destroyed < l.quantity);
        const unread = this.unread.get(consignment) ?? 0;
        if (unread !== 0) say(`${lot} leaves while ${unread} rows of ${consignment} are unread`);
        if (open.length > 0) say(`${lot} leaves while ${open.length} lines of ${consignment} bear data`);
      }
    }
  }

  /** Money: the toll is the returned oxide times its rate, added up from the lines' own figures. */
  private statement(statement: Body, say: (what: string) => void): void {
    this.statements++;
    const due = statement["due"] as Body[];
    const net = due
      .filter((d) => d["to"] !== "umpire")
      .reduce((sum, d) => sum + (d["from"] === "supplier" ? 1n : -1n) * cents(d["amount"]), 0n);
    if (net !== cents(statement["amount_due"]))
      say(`what is due adds up to ${net} cents, it says ${statement["amount_due"]}`);
    for (const { oxide, final_pct, returnable_oxide_kg } of statement["elements"] as Body[]) {
      if (oxide !== undefined && Number(returnable_oxide_kg) > 0 && !(Number(final_pct) > 0))
        say(`returns ${oxide} for nothing`);
    }
  }

  private claim(body: Body, say: (what: string) => void): void {
    this.passports++;
    this.claims.set(body["passport"], body);
    for (const [feed, elements] of Object.entries<Body>(body["feeds_mg"])) {
      for (const [element, mg] of Object.entries<number>(elements)) {
        const key = `${feed} ${element}`;
        const sum = (this.claimed.get(key) ?? 0n) + BigInt(mg);
        this.claimed.set(key, sum);
        const ceiling = this.measured.get(key) ?? 0n;
        if (sum > ceiling)
          say(`claims ${sum} mg of ${element} on ${feed}, in which ${ceiling} mg was measured`);
      }
    }
  }

  private unclaim(body: Body): void {
    for (const [feed, elements] of Object.entries<Body>(
      this.claims.get(body["passport"])?.["feeds_mg"] ?? {},
    )) {
      for (const [element, mg] of Object.entries<number>(elements)) {
        this.claimed.set(`${feed} ${element}`, (this.claimed.get(`${feed} ${element}`) ?? 0n) - BigInt(mg));
      }
    }
  }

  private promise(body: Body, sign: bigint, say: (what: string) => void): void {
    const sum = (this.promised.get(body["lot"]) ?? 0n) + sign * BigInt(body["mass_mg"]);
    this.promised.set(body["lot"], sum);
    const held = this.lots.get(body["lot"])?.get("mass") ?? 0n;
    if (sign > 0n && sum > held) say(`promises ${sum} mg of ${body["lot"]}, which holds ${held} mg`);
  }
}

/** Classes that bear no data, written here a second time on purpose. */
const NO_DATA = new Set(["earbuds", "remote"]);

function amountsOf(part: Body): Map<string, bigint> {
  const amounts = new Map([["mass", BigInt(part["mass_mg"]["best"])]]);
  for (const [element, content] of Object.entries<Body>(part["elements_mg"]))
    amounts.set(element, BigInt(content["best"]));
  return amounts;
}

function roundHalfEven(numerator: bigint, denominator: bigint): bigint {
  const floor = numerator / denominator;
  const twice = 2n * (numerator % denominator);
  if (twice < denominator) return floor;
  if (twice > denominator) return floor + 1n;
  return floor % 2n === 0n ? floor : floor + 1n;
}

/** Decimal money text as whole cents; more than two places is a fault of its own. */
function cents(text: string): bigint {
  const found = /^(-?)(\d+)(?:\.(\d{1,2}))?$/.exec(text);
  if (!found) throw new Error(`${text} is not money in whole cents`);
  const value = BigInt(found[2] ?? "0") * 100n + BigInt((found[3] ?? "").padEnd(2, "0"));
  return found[1] ? -value : value;
}
