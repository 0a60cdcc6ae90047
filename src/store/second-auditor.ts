import type { Entry } from "../ledger/index.ts";
import { table } from "../quantity/index.ts";
import type { Found } from "./found.ts";

/** Who did it, by the identity that signed in; of who only states who they are there is nothing to prove. */
const whoOf = ({ actor }: Entry): string | undefined =>
  actor.verified ? (actor.person ?? actor.token) : undefined;

interface Step {
  /** What it does that another confirms: of what, and whether beside others who did some of it. */
  readonly does?: string;
  readonly beside?: true;
  /** What it confirms that another did. */
  readonly confirms?: string;
}

type Body = Readonly<Record<string, unknown>>;
const restsOn = (body: Body): unknown => (body["rests_on"] as Body | undefined)?.["sample"];

/** The steps that take two, as entries tell them. */
const STEPS: Readonly<Record<string, (body: Body) => Step>> = table<(body: Body) => Step>({
  assay_reported: ({ sample, side }) => ({ does: `report of ${sample}, ${side}` }),
  product_reported: ({ sample }) => ({ does: `report of ${sample}, product` }),
  assay_released: ({ sample, side }) => ({ confirms: `report of ${sample}, ${side}` }),
  media_sanitized: ({ consignment }) => ({ does: `sanitization of ${consignment}`, beside: true }),
  sanitization_certified: ({ consignment }) => ({ confirms: `sanitization of ${consignment}` }),
  certificate_released: (body) => ({
    confirms: `report of ${restsOn(body)}, product`,
    does: `certificate of ${body["lot"]}`,
  }),
  passport_issued: ({ lot }) => ({ confirms: `certificate of ${lot}` }),
  approval_asked: ({ approval }) => ({ does: `proposal ${approval}` }),
  approval_given: ({ approval }) => ({ confirms: `proposal ${approval}` }),
});

/** Holds who confirmed against who did, by the headers alone (trust Z68). */
export class SecondAuditor {
  checked = 0;
  private readonly hands = new Map<string, ReadonlySet<string>>();

  take(entry: Entry): readonly Found[] {
    const step = Object.hasOwn(STEPS, entry.kind) ? STEPS[entry.kind]?.(entry.body) : undefined;
    if (!step) return [];
    const who = whoOf(entry);
    const found = this.confirmed(step.confirms, who);
    if (step.does !== undefined) {
      const before = step.beside ? (this.hands.get(step.does) ?? []) : [];
      this.hands.set(step.does, new Set([...before, ...(who === undefined ? [] : [who])]));
    }
    return found;
  }

  private confirmed(what: string | undefined, who: string | undefined): readonly Found[] {
    if (what === undefined) return [];
    this.checked++;
    if (who === undefined || !this.hands.get(what)?.has(who)) return [];
    const why = `${who} confirms the ${what} that they did themselves`;
    return [{ check: "four_eyes", fault: "second_person_same", why }];
  }
}
