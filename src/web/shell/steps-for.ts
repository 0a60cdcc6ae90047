/** Pages that have something to tell who is no firm of the loop; a firm has them all. */
const PAGES_OF_KIND: Readonly<Record<string, readonly string[]>> = {
  buyer: ["/", "/certify", "/orders", "/books"],
  customer: ["/", "/books"],
  laboratory: ["/", "/ship", "/laboratory", "/books"],
  carrier: ["/", "/ship", "/books"],
};

/** Whether a page stands in the menu of somebody whose party is of this kind. */
export const isInMenu = (page: string, kind: string | undefined): boolean =>
  kind === undefined || !Object.hasOwn(PAGES_OF_KIND, kind) || PAGES_OF_KIND[kind]?.includes(page) === true;
