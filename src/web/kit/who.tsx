import { createContext, type ReactNode, useContext, useState } from "react";
import { readingsOfUnit } from "../../programme/index.ts";
import type { Item } from "./client/contract.ts";
import { useAskAll } from "./client/hooks.ts";
import { readRemembered, remember, WORDS } from "./remembered.ts";

export type PartyRecord = Item<"programme/parties">;

interface Who {
  /** "role@party": stated with every command, proven by nothing until sign-in exists. */
  readonly actor: string | undefined;
  readonly setActor: (actor: string | undefined) => void;
  /** The party whose figures are shown; none shows the whole programme. */
  readonly view: string | undefined;
  readonly setView: (party: string | undefined) => void;
}

const WhoContext = createContext<Who | undefined>(undefined);

export function WhoProvider({ children }: { children: ReactNode }) {
  const [actor, keepActor] = useState(() => readRemembered(WORDS.actor));
  const [view, keepView] = useState(() => readRemembered(WORDS.view));
  const who: Who = {
    actor,
    setActor: (next) => {
      remember(WORDS.actor, next);
      keepActor(next);
    },
    view,
    setView: (next) => {
      remember(WORDS.view, next);
      keepView(next);
    },
  };
  return <WhoContext value={who}>{children}</WhoContext>;
}

export function useWho(): Who {
  const who = useContext(WhoContext);
  if (!who) throw new Error("useWho is used inside WhoProvider");
  return who;
}

export const useParties = () => useAskAll("programme/parties");

export type SiteRecord = Item<"programme/sites">;

export const useSites = () => useAskAll("programme/sites");

export type UnitRecord = Item<"programme/units">;

export const useUnits = () => useAskAll("programme/units");

/** Units at a site that weigh, whether their doubt is stated whole or in its parts. */
export const useScales = (site: string): readonly UnitRecord[] =>
  (useUnits().data ?? []).filter((unit) => unit.site === site && readingsOfUnit(unit) !== undefined);
