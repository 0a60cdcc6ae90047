import { canonicalJson } from "../quantity/index.ts";
import type { Custody } from "./custody.ts";
import { custodyOfWay, weakestOf } from "./custody.ts";
import { blended, lessRecovered } from "./less-recovered.ts";
import { NOT_STATED, type NotStated } from "./not-stated.ts";
import { RoomForOthers, recoveredAtMost } from "./room-for-others.ts";
import { RoomOfAdditions } from "./room-of-additions.ts";

/** A country by ISO 3166-1, and its part where that is stated. */
export interface PlaceStated {
  readonly country: string;
  readonly region?: string;
}

/** A step as the passport tells it. */
export interface Stop {
  readonly step: string;
  readonly country: string;
  readonly state?: string;
  readonly at: string;
}

/** Parts of one metal by what it was before it was collected; together they are one. */
export type Mix = Readonly<Record<string, number>>;

/** What the records upstream of a lot say of it. Nobody upstream is named. */
export interface Trace {
  readonly collected_in: readonly (PlaceStated | NotStated)[];
  readonly sites: readonly Stop[];
  readonly custody: Custody;
  /** By element. */
  readonly feedstock: Readonly<Record<string, Mix>>;
  /** Some of it was not asked at receipt and stated later. */
  readonly stated_later: boolean;
}

/** Milligrams of an element, and what moves them. */
export interface Content {
  readonly best: number;
  readonly moves?: Readonly<Record<string, number>>;
}

/** A step as far as following metal through it needs it: the body of its entry holds all of this. */
export interface StepMade {
  readonly step: string;
  readonly kind: string;
  readonly site: string;
  readonly at: string;
  readonly inputs: readonly {
    readonly lot: string;
    readonly mass_mg?: { readonly best: number };
    readonly elements_mg: Readonly<Record<string, Content>>;
    readonly feeds_mg: Readonly<Record<string, Readonly<Record<string, number>>>>;
  }[];
  readonly outputs?: readonly {
    readonly lot: string;
    readonly mass_mg: { readonly best: number };
    readonly elements_mg?: Readonly<Record<string, Content>>;
  }[];
  readonly additions: readonly {
    readonly name?: string;
    readonly mass_mg?: { readonly best: number };
    readonly elements_mg?: Readonly<Record<string, Content>>;
  }[];
}

/** Where the walk upstream ends: a feed, a consignment, or a lot of which nobody knows more. */
export interface Source {
  /** Two lots of one source are one source. */
  readonly name: string;
  readonly trace: Omit<Trace, "feedstock">;
  readonly mixOf: (element: string) => Mix;
  /** Of a feed: only what the steps attribute to it is settled. Of anything else: whether it counts as settled. */
  readonly settled: "where_attributed" | boolean;
}

/** The records that the walk reads; the books and the disclosed part of a bundle can both answer. */
export interface Descent {
  readonly sourceOf: (lot: string) => Source | undefined;
  readonly makerOf: (lot: string) => StepMade | undefined;
  readonly placeOf: (site: string) => PlaceStated | undefined;
  /**
   * Upstream of a feed nobody has measured what lots hold: their contents are what their manifests say, their masses were weighed.
   * Metal is then shared by both, whichever leaves less of it recovered (C33).
   */
  readonly contents?: "estimated";
  /** What was then settled of an element in the lot that is asked about: the rest of that is what others had no room to bring. */
  readonly settled_mg?: (element: string) => number;
}

type Input = StepMade["inputs"][number];

export const UNKNOWN_MIX: Mix = { [NOT_STATED]: 1 };

/** Metal of additions while it is followed: nobody states where it came from, but how much of it there is was weighed. */
const ADDED = "added";

/**
 * A mix as it is told. Before it is settled the content of a lot is an estimate, what was added to it is not: where less was settled
 * than was thought to be there (`less`, one over the other), what was added is the larger part of it.
 */
function toldOf(mix: Mix, less: number): Mix {
  const { [ADDED]: added = 0, ...others } = mix;
  if (added === 0) return mix;
  const grown = Math.min(1, added * Math.max(1, less));
  const rest = added < 1 ? (1 - grown) / (1 - added) : 0;
  const scaled = Object.entries(others).map(([part, share]) => [part, share * rest] as const);
  const told: Record<string, number> = Object.fromEntries(scaled);
  told[NOT_STATED] = (told[NOT_STATED] ?? 0) + grown;
  return told;
}

/** A lot of which no record tells more. */
const nobodyKnows = (name: string): Source => ({
  name,
  trace: { collected_in: [NOT_STATED], sites: [], custody: NOT_STATED, stated_later: false },
  mixOf: () => UNKNOWN_MIX,
  settled: false,
});

/**
 * Follows the metal of a lot upstream to its sources and says what the records say of it (C30, C31). Metal of several sources is
 * taken to be mixed evenly in each step, element by element, as the ledger shares feeds; a source that brings none of the elements
 * does not count. Bounded by the lots there are: each is looked at once.
 */
export function traceOf(
  lot: string,
  elements: readonly string[],
  descent: Descent,
  /** Of a feed: what was made of an element over what was settled of it. */
  less: (element: string) => number = () => 1,
): Trace {
  const walked = new Walk(elements, descent);
  const mixes = walked.mixesOf(lot);
  const sources = [...walked.sources.values()];
  const own = custodyOfWay({
    sources_count: sources.length,
    added: walked.added,
    unsettled: walked.unsettled,
  });
  const sites = [...walked.steps.values()].map((step) => stopOf(step, descent));
  return {
    collected_in: inOrder(sources.flatMap((s) => s.trace.collected_in)),
    sites: inOrder([...sources.flatMap((s) => s.trace.sites), ...sites]).sort(byTime),
    custody: weakestOf([own, ...sources.map((s) => s.trace.custody)]),
    feedstock: Object.fromEntries(
      elements.map((element) => {
        const settled_mg = descent.settled_mg?.(element) ?? 0;
        const others_mg = walked.room.of(lot, element) + walked.additions.of(lot, element, settled_mg);
        const most = settled_mg > 0 ? 1 - others_mg / settled_mg : 1;
        return [element, rounded(recoveredAtMost(toldOf(mixes(element), less(element)), most))];
      }),
    ),
    stated_later: sources.some((s) => s.trace.stated_later),
  };
}

type Mixes = (element: string) => Mix;

class Walk {
  readonly steps = new Map<string, StepMade>();
  readonly sources = new Map<string, Source>();
  added = false;
  unsettled = false;
  private readonly elements: readonly string[];
  private readonly descent: Descent;
  private readonly known = new Map<string, Mixes>();
  readonly room = new RoomForOthers();
  readonly additions = new RoomOfAdditions();

  constructor(elements: readonly string[], descent: Descent) {
    this.elements = elements;
    this.descent = descent;
  }

  /** Of a lot, once everything upstream of it is known; without recursion, since a lineage may be thousands of steps deep. */
  mixesOf(lot: string): Mixes {
    const open = [lot];
    for (let next = open.at(-1); next !== undefined; next = open.at(-1)) {
      const maker = this.descent.sourceOf(next) ? undefined : this.descent.makerOf(next);
      const waiting = this.known.has(next) || !maker ? [] : this.unknownInputs(maker);
      if (waiting.length > 0) {
        open.push(...waiting);
        continue;
      }
      open.pop();
      if (maker && this.descent.settled_mg && !this.known.has(next)) {
        this.room.take(next, maker, {
          elements: this.elements,
          mixOf: (of, element) => this.descent.sourceOf(of)?.mixOf(element),
        });
        this.additions.take(next, maker, this.elements);
      }
      if (!this.known.has(next)) this.known.set(next, maker ? this.through(maker) : this.atSource(next, lot));
    }
    return this.known.get(lot) ?? (() => UNKNOWN_MIX);
  }

  private unknownInputs(step: StepMade): string[] {
    const seen = this.steps.has(step.step);
    this.steps.set(step.step, step);
    // A lineage in a circle is no lineage: what waits for itself is left unknown.
    return seen ? [] : step.inputs.map((i) => i.lot).filter((l) => !this.known.has(l));
  }

  private atSource(lot: string, asked: string): Mixes {
    const source = this.descent.sourceOf(lot) ?? nobodyKnows(lot);
    if (lot === asked) this.meet(source);
    return source.mixOf;
  }

  private meet(source: Source): void {
    this.sources.set(source.name, source);
    if (source.settled === false) this.unsettled = true;
  }

  private through(step: StepMade): Mixes {
    if (step.additions.length > 0) this.added = true;
    // An addition is no lot: of the metal it brings nobody tells where it came from.
    if (this.elements.some((element) => addedOf(step, element) > 0)) this.unsettled = true;
    for (const input of step.inputs) {
      const source = this.descent.sourceOf(input.lot) ?? this.noMaker(input.lot);
      if (!source) continue;
      const brought = this.elements.filter((element) => (input.elements_mg[element]?.best ?? 0) > 0);
      // That a lot holds none of it is an estimate too.
      if (brought.length === 0 && this.descent.contents !== "estimated") continue;
      this.meet(source);
      const attributed = (element: string) =>
        Object.values(input.feeds_mg).some((feed) => (feed[element] ?? 0) > 0);
      if (source.settled === "where_attributed" && !brought.some(attributed)) this.unsettled = true;
    }
    const mixes = new Map(this.elements.map((element) => [element, this.mixed(step, element)]));
    return (element) => mixes.get(element) ?? UNKNOWN_MIX;
  }

  private noMaker(lot: string): Source | undefined {
    return this.descent.makerOf(lot) ? undefined : nobodyKnows(lot);
  }

  private mixed(step: StepMade, element: string): Mix {
    const added = addedOf(step, element);
    const contentOf = ({ elements_mg }: Input) => Math.max(0, elements_mg[element]?.best ?? 0);
    const total = step.inputs.reduce((sum, input) => sum + contentOf(input), added);
    const brought = this.brought(step, { element, contentOf });
    if (total === 0 || (!brought && added < total)) return UNKNOWN_MIX;
    const lots = Object.entries(brought ?? {}).map(([part, share]) => [
      part,
      (share * (total - added)) / total,
    ]);
    const mix = Object.fromEntries(lots) as Record<string, number>;
    if (added > 0) mix[ADDED] = (mix[ADDED] ?? 0) + added / total;
    return mix;
  }

  /** What the lots of a step bring of an element, by what it was before it was collected. */
  private brought(
    step: StepMade,
    { element, contentOf }: { readonly element: string; readonly contentOf: (input: Input) => number },
  ): Mix | undefined {
    const weighed = (weightOf: (input: Input) => number) =>
      blended(
        step.inputs.map((input) => ({
          mix: (this.known.get(input.lot) ?? (() => UNKNOWN_MIX))(element),
          weight: weightOf(input),
        })),
      );
    if (this.descent.contents !== "estimated" || step.inputs.length < 2) return weighed(contentOf);
    const byEstimate = weighed((input) => contentOf(input) * possible(input));
    const byMass = weighed(({ mass_mg }) => Math.max(0, mass_mg?.best ?? 0));
    return byEstimate && byMass && lessRecovered(byEstimate, byMass);
  }
}

/** What elements weigh together that are estimated to be more than their lot does is at most the lot. */
function possible({ mass_mg, elements_mg }: Input): number {
  const estimated = Object.values(elements_mg).reduce((sum, { best }) => sum + Math.max(0, best), 0);
  return mass_mg && estimated > mass_mg.best ? Math.max(0, mass_mg.best) / estimated : 1;
}

/** What the additions of a step bring of an element. */
const addedOf = ({ additions }: StepMade, element: string): number =>
  additions.reduce((sum, { elements_mg }) => sum + Math.max(0, elements_mg?.[element]?.best ?? 0), 0);

function stopOf({ kind, site, at }: StepMade, { placeOf }: Descent): Stop {
  const place = placeOf(site);
  const { country = NOT_STATED, region } = place ?? {};
  return { step: kind, country, ...(region === undefined ? {} : { state: region }), at };
}

/** Each once, in an order that does not depend on the walk. */
function inOrder<T>(items: readonly T[]): T[] {
  const byText = new Map(items.map((item) => [canonicalJson(item), item]));
  return [...byText.keys()].sort().map((text) => byText.get(text) as T);
}

const byTime = (a: Stop, b: Stop): number => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0);

/** To a millionth: two readers of the same records write the same. */
function rounded(mix: Mix): Mix {
  const parts = Object.keys(mix).sort();
  return Object.fromEntries(
    parts.flatMap((part) => {
      const share = Math.round(1e6 * (mix[part] ?? 0)) / 1e6;
      return share > 0 ? [[part, share]] : [];
    }),
  );
}
