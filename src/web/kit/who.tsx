import { createContext, type ReactNode, useContext, useState } from "react";
import { useAskAll } from "./client/hooks.ts";
import { readRemembered, remember, WORDS } from "./remembered.ts";

export interface PartyRecord {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly sample: boolean;
}

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

export interface SiteRecord {
  readonly id: string;
  readonly party: string;
  readonly name: string;
  readonly city: string;
  readonly state: string;
  readonly zip: string;
  readonly lat: number;
  readonly lon: number;
  readonly capabilities: readonly string[];
  readonly status: "open" | "closing" | "closed";
}

export const useSites = () => useAskAll("programme/sites");

export interface UnitRecord {
  readonly id: string;
  readonly site: string;
  readonly kind: string;
  readonly name: string;
  readonly scale_sd_mg?: number;
  readonly diameter_mm?: number;
  readonly bed_length_mm?: number;
}

export const useUnits = () => useAskAll("programme/units");
