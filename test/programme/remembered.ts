import type { CommandAnswering, Scope } from "../../src/app/core/use-case.ts";

type Decides = CommandAnswering<unknown>;
type Decision = Awaited<ReturnType<Decides["decide"]>>;

/** One look at the books, and what was seen: it can be looked again whether it is still so. */
interface Look {
  readonly again: (scope: Scope) => Promise<unknown>;
  readonly saw: string;
}

interface Past {
  readonly looks: readonly Look[];
  readonly decision: Decision;
}

const textOf = (seen: unknown): string => JSON.stringify(seen) ?? "nothing";

/**
 * A decision follows from what is asked, by whom, when, and what is read (law 6). The worlds of a simulator part by their luck and
 * ask the same long calculations of the same books: what was decided is taken again where every look shows what it showed.
 */
export function remembering(useCase: Decides): Decides {
  const known = new Map<string, Past[]>();
  return {
    ...useCase,
    async decide(scope, input) {
      const asked = textOf([input, scope.now, scope.actor]);
      const pasts = known.get(asked) ?? [];
      for (const { looks, decision } of pasts) if (await stillSo(scope, looks)) return decision;
      const looks: Look[] = [];
      let whole = true;
      const spoil = () => {
        whole = false;
      };
      const decision = await useCase.decide(watched(scope, looks, spoil), input);
      if (whole) known.set(asked, [...pasts, { looks, decision }]);
      return decision;
    },
  };
}

async function stillSo(scope: Scope, looks: readonly Look[]): Promise<boolean> {
  for (const { again, saw } of looks) if (textOf(await again(scope)) !== saw) return false;
  return true;
}

/** A scope that notes each look; after one that it cannot look at again, the decision is not remembered. */
function watched(scope: Scope, looks: Look[], spoil: () => void): Scope {
  const look = async <T>(again: (scope: Scope) => Promise<T>): Promise<T> => {
    const seen = await again(scope);
    looks.push({ again, saw: textOf(seen) });
    return seen;
  };
  const once =
    <G extends unknown[], T>(act: (...given: G) => T) =>
    (...given: G): T => {
      spoil();
      return act(...given);
    };
  const { document, head, entries, lineage } = scope.store;
  return {
    ...scope,
    get: (collection, id) => look((at) => at.get(collection, id)),
    watch: async (collection, id) => void (await look((at) => at.get(collection, id))),
    isTaken: (collection, id) => look((at) => at.isTaken(collection, id)),
    knows: (collection, id) => look((at) => at.knows(collection, id)),
    store: {
      list: (query) => look((at) => at.store.list(query)),
      ...{ document: once(document), head: once(head), entries: once(entries), lineage: once(lineage) },
    },
    newId: once(scope.newId),
  };
}
