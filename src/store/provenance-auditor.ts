import type { Entry } from "../ledger/index.ts";
import { canonicalJson } from "../quantity/index.ts";
import type { Found } from "./found.ts";

/** What was stated of a consignment, by the kind of statement. */
interface Stated {
  readonly place?: string;
  readonly class?: string;
}

interface Traced {
  readonly feed: string;
  readonly trace: {
    readonly collected_in: readonly unknown[];
    readonly feedstock: Readonly<Record<string, Readonly<Record<string, number>>>>;
  };
}

type Weights = ReadonlyMap<string, number>;

const NOTHING: ReadonlySet<string> = new Set();
const UNWEIGHED: Weights = new Map();
/** What was waste before it was collected. */
const WASTE: ReadonlySet<string> = new Set([
  "post_consumer_device",
  "pre_consumer_swarf",
  "pre_consumer_reject",
]);
/** Four places are printed of a share. */
const SHARE_ROUNDING = 0.0001;
/** Words that say nothing of where metal came from. */
const SAYS_NOTHING: ReadonlySet<string> = new Set(["not_stated", "unknown"]);

/**
 * Follows which consignments went into which feed, and holds what the log says upstream of it against what was stated of them: what
 * was stated anew after a passport must be told with it (P49).
 */
export class ProvenanceAuditor {
  checked = 0;
  private readonly stated = new Map<string, Stated>();
  /** Consignments upstream of a lot; lots of one source share the set. */
  private readonly sources = new Map<string, ReadonlySet<string>>();
  /** The same by weight: what part of a lot's mass came of which consignment. */
  private readonly weights = new Map<string, Weights>();
  private readonly traces = new Map<string, Traced["trace"]>();
  private readonly live = new Map<string, readonly string[]>();
  /** Statements of the batch at hand, of which the traces stand in entries that follow. */
  private changed: { readonly consignment: string; readonly seq: number }[] = [];
  private batch = "";

  take({ kind, key, seq, body }: Entry): readonly Found[] {
    const found = key === this.batch ? [] : this.finish();
    this.batch = key;
    switch (kind) {
      case "lot_opened":
        this.sources.set(String(body["lot"]), new Set([String(body["made_by"])]));
        this.weights.set(String(body["lot"]), new Map([[String(body["made_by"]), 1]]));
        break;
      case "step_recorded":
        this.step(body as never);
        break;
      case "consignment_provenance_stated":
        this.state(body as never, seq);
        break;
      case "feed_traced":
        this.traces.set(String(body["feed"]), (body as unknown as Traced).trace);
        break;
      case "passport_issued":
        this.live.set(String(body["passport"]), Object.keys(body["feeds_mg"] as object));
        return [...found, ...this.issued(String(body["passport"]), seq)];
      case "passport_revoked":
        this.live.delete(String(body["passport"]));
        break;
    }
    return found;
  }

  finish(): readonly Found[] {
    const found = this.changed.flatMap(({ consignment, seq }) =>
      [...this.traces.keys()]
        .filter((feed) => this.sources.get(feed)?.has(consignment))
        .flatMap((feed) => this.differs(feed, seq)),
    );
    this.changed = [];
    return found;
  }

  /** What a passport tells of its feeds when it is issued. */
  private issued(passport: string, seq: number): Found[] {
    return (this.live.get(passport) ?? []).flatMap((feed) => {
      const wrong = this.unstated(feed);
      return wrong === undefined
        ? []
        : [
            differs(
              seq,
              `of ${feed}, on which ${passport} stands, the log says ${wrong}, which nobody stated`,
            ),
          ];
    });
  }

  private step(body: {
    readonly inputs: readonly { readonly lot: string; readonly mass_mg: { readonly best: number } }[];
    readonly outputs: readonly { readonly lot: string }[];
  }): void {
    const weights = this.weighed(body.inputs);
    for (const { lot } of body.outputs) this.weights.set(lot, weights);
    const sets = new Set(body.inputs.map(({ lot }) => this.sources.get(lot) ?? NOTHING));
    const [only = NOTHING, ...more] = sets;
    const all = more.length === 0 ? only : new Set([...sets].flatMap((set) => [...set]));
    for (const { lot } of body.outputs) this.sources.set(lot, all);
  }

  /** Lots of one descent share what they descend from. */
  private weighed(
    inputs: readonly { readonly lot: string; readonly mass_mg: { readonly best: number } }[],
  ): Weights {
    const [only = UNWEIGHED, ...more] = new Set(inputs.map(({ lot }) => this.weights.get(lot) ?? UNWEIGHED));
    const total = inputs.reduce((sum, { mass_mg }) => sum + mass_mg.best, 0);
    if (more.length === 0 || total <= 0) return only;
    const mixed = new Map<string, number>();
    for (const { lot, mass_mg } of inputs)
      for (const [source, part] of this.weights.get(lot) ?? UNWEIGHED)
        mixed.set(source, (mixed.get(source) ?? 0) + (part * mass_mg.best) / total);
    return mixed;
  }

  private state(
    body: {
      readonly consignment: string;
      readonly collected_in?: object;
      readonly feedstock?: { readonly class: string };
      readonly stated: string;
    },
    seq: number,
  ): void {
    const { consignment, collected_in, feedstock, stated } = body;
    this.checked++;
    this.stated.set(consignment, {
      ...this.stated.get(consignment),
      ...(collected_in ? { place: canonicalJson(collected_in) } : {}),
      ...(feedstock ? { class: feedstock.class } : {}),
    });
    if (stated === "later") this.changed.push({ consignment, seq });
  }

  private differs(feed: string, seq: number): Found[] {
    const passports = [...this.live].filter(([, feeds]) => feeds.includes(feed)).map(([name]) => name);
    const wrong = passports.length === 0 ? undefined : this.unstated(feed);
    if (wrong === undefined) return [];
    const why = `it was stated anew, and of ${feed}, on which ${passports.join(", ")} stands, the log still says ${wrong}`;
    return [differs(seq, why)];
  }

  /** A place or a class that the log tells of a feed, and that is stated of no consignment that went into it. */
  private unstated(feed: string): string | undefined {
    const trace = this.traces.get(feed);
    if (!trace) return undefined;
    const known = [...(this.sources.get(feed) ?? [])].map((source) => this.stated.get(source));
    const places = new Set(known.map((of) => of?.place));
    const classes = new Set(known.map((of) => of?.class));
    const place = trace.collected_in.find((one) => one !== "not_stated" && !places.has(canonicalJson(one)));
    if (place !== undefined) return canonicalJson(place);
    return (
      Object.values(trace.feedstock)
        .flatMap((mix) => Object.keys(mix))
        .find((part) => !SAYS_NOTHING.has(part) && !classes.has(part)) ?? this.aboveWeights(feed, trace)
    );
  }

  /** Lots blended before anybody measured them: more of a metal is said to be waste than what was waste weighed of the blend. */
  private aboveWeights(feed: string, { feedstock }: Traced["trace"]): string | undefined {
    const isWaste = (source: string) => WASTE.has(this.stated.get(source)?.class ?? "");
    const weighed = [...(this.weights.get(feed) ?? UNWEIGHED)];
    const most = weighed.reduce((sum, [source, part]) => sum + (isWaste(source) ? part : 0), 0);
    for (const [element, mix] of Object.entries(feedstock)) {
      const said = Object.entries(mix).reduce((sum, [part, mg]) => sum + (WASTE.has(part) ? mg : 0), 0);
      if (said > most + SHARE_ROUNDING)
        return `that ${said.toFixed(4)} of its ${element} was waste, where ${most.toFixed(4)} of what was blended was`;
    }
    return undefined;
  }
}

const differs = (seq: number, why: string): Found => ({
  ...{ check: "certificates", fault: "provenance_differs", seq },
  why,
});
