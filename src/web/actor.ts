const KEY = "didym-actor";
const DEFAULT = "operator@sample-recycler";

/** Who acts, as chosen in the header. Stated, not proven: there is no sign-in yet. */
export const actorNow = (): string => localStorage.getItem(KEY) ?? DEFAULT;
export const rememberActor = (actor: string): void => localStorage.setItem(KEY, actor);
