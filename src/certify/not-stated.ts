/** What stands in a signed document where no record says anything: never an assumption, never left out. */
export const NOT_STATED = "not_stated";
export type NotStated = typeof NOT_STATED;
