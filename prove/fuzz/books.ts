import { createApi } from "../../src/api/index.ts";
import { useCases } from "../../src/app/use-cases.ts";
import { BookAuditor } from "../../src/store/book-auditor.ts";
import { documentsNamedBy } from "../../src/store/named-documents.ts";
import { auditLog } from "../../test/programme/auditor.ts";
import { type Ask, requestOf } from "./ask.ts";
import { Broken, checkAlike, checkAnswer, type Told } from "./claims.ts";
import { type Copy, foldOn, type Stand, textOfRecords } from "./stands.ts";

/** The books that are asked now; one API stands before all of them, as it is made once. */
let now: Copy | undefined;
let fault: Error | undefined;
let api: ReturnType<typeof createApi> | undefined;

function theApi(copy: Copy) {
  now = copy;
  const of = <K extends keyof Copy>(name: K) => ({ enumerable: true, get: () => (now as Copy)[name] });
  const ports = Object.defineProperties(
    { ...copy },
    { store: of("store"), keys: of("keys"), jobs: of("jobs"), ids: of("ids"), clock: of("clock") },
  );
  api ??= createApi({ signIn: "offered", ports, useCases, onFault: (error) => (fault = error) });
  return api;
}

/** A copy of the books of a stand that is asked through the API, in this process; each ask is held to the claims. */
export class Books {
  /** What was taken since the stand, by which what is wrong can be met again. */
  readonly taken: Ask[] = [];
  private readonly stand: Stand;
  private readonly copy: Copy;

  constructor(stand: Stand) {
    this.stand = stand;
    this.copy = stand.copy();
  }

  /** Asks, and throws where a claim does not hold; answers whether it was done. */
  async ask(ask: Ask, how: { readonly twice: boolean; readonly deep: boolean }): Promise<Told> {
    const { log } = this.copy.store;
    const before = log.length;
    const told = await this.send(ask);
    const done = told.status < 400;
    const repeated = told.status === 200 && ask.useCase.type === "command";
    if (done && ask.useCase.type === "command" && !repeated) this.checkWritten(ask, told, before);
    else if (log.length !== before)
      throw this.broken(ask, "wrote", `${told.status}, and ${log.length - before} entries more`);
    if (done && log.length > before) this.taken.push(ask);
    checkAnswer(ask, told, how);
    const after = log.length;
    if (how.twice && !changes(ask)) {
      checkAlike(ask, told, await this.send(ask));
      if (log.length !== after)
        throw this.broken(ask, "wrote again", `a repeat wrote ${log.length - after} entries`);
    }
    return told;
  }

  private async send(ask: Ask): Promise<Told> {
    const { url, init } = requestOf("http://books", ask);
    fault = undefined;
    const answer = await theApi(this.copy).fetch(new Request(url, init));
    const told = { status: answer.status, text: await answer.text() };
    if (fault) throw new Broken(kindOfFault(ask, fault), (fault as Error).stack ?? String(fault));
    return told;
  }

  private broken(ask: Ask, what: string, why: string): Broken {
    const { room, verb } = ask.useCase;
    return new Broken(`${room}/${verb} ${what}`, why);
  }

  /** What was answered is what was written: the entries of this key, the last of which is named. */
  private checkWritten(ask: Ask, told: Told, before: number): void {
    const { log } = this.copy.store;
    const { seq } = JSON.parse(told.text) as { seq: number };
    const own = log.slice(before).every(({ key }) => key === ask.key);
    if (seq !== log.length || seq <= before || !own)
      throw this.broken(ask, "seq", `it answered ${seq}, and the books went from ${before} to ${log.length}`);
  }

  /** The views are what the entries fold to, nothing was changed in its place, documents are named, and auditors find nothing. */
  async close(): Promise<void> {
    const { store } = this.copy;
    if (textOfRecords(this.stand.folded) !== this.stand.text)
      throw new Broken("changed in place", "a record that was folded before was changed in its place");
    const more = store.log.slice(this.stand.entries);
    const folded = await foldOn(this.stand.folded, more);
    for (const [name, record] of folded.records) {
      const at = name.indexOf("/");
      const kept = await store.load(name.slice(0, at) as never, name.slice(at + 1));
      const same =
        kept && (kept.seq <= this.stand.entries || JSON.stringify(kept.record) === JSON.stringify(record));
      if (!same) throw new Broken("views", `${name} is not what the entries fold to`);
    }
    for (const entry of more)
      for (const { digest, name } of documentsNamedBy(entry))
        if (!(await store.document(digest)))
          throw new Broken("document", `${name} of entry ${entry.seq} is not there`);
    if (more.length > 0) this.audit();
  }

  private audit(): void {
    const { log } = this.copy.store;
    const auditor = new BookAuditor();
    const found = [...log.flatMap((entry) => auditor.take(entry)), ...auditor.finish()];
    const [first] = found;
    if (first) throw new Broken(`audit ${first.check} ${first.fault}`, `${first.fault}: ${first.why}`);
    const [odd] = auditLog(log).faults;
    if (odd !== undefined) throw new Broken(`auditor ${odd.replace(/[\d"]\S*/g, "N").slice(0, 80)}`, odd);
  }
}

/** What is begun or stopped beside the books is another thing the second time. */
const changes = ({ useCase }: Ask): boolean => useCase.type === "action";

/** Where a fault was thrown: the use case that was asked, and the nearest line of the product. */
function kindOfFault({ useCase }: Ask, { stack = "", message }: Error): string {
  const line = /\/src\/(?!quantity\/result)([\w/.-]+):\d+/.exec(stack)?.[1];
  return `${useCase.room}/${useCase.verb} fault in ${line ?? message.slice(0, 60)}`;
}
