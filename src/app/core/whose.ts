import type { Reads } from "./concerns.ts";

type Whose = Promise<readonly (string | undefined)[]>;

/** The party of a site. */
export async function ofSite({ get }: Pick<Reads, "get">, site: string | undefined): Whose {
  return site === undefined ? [] : [(await get("site", site))?.party];
}

/** Whose a lot is, and at whose site it stands. */
export async function ofLot({ get }: Pick<Reads, "get">, id: string | undefined): Whose {
  const lot = id === undefined ? undefined : await get("lot", id);
  return lot ? [lot.owner, ...(await ofSite({ get }, lot.place))] : [];
}

/** Whose a consignment is, and whose centre took it in. */
export async function ofConsignment(
  { get }: Pick<Reads, "get">,
  { consignment: id }: { readonly consignment: string },
): Whose {
  const consignment = await get("consignment", id);
  return consignment ? [consignment.owner, ...(await ofSite({ get }, consignment.site))] : [];
}

/** Who may speak for lots that are taken together: who may for each of them. */
export async function ofEveryLot(records: Pick<Reads, "get">, ids: readonly string[]): Whose {
  const [first = [], ...others] = await Promise.all([...new Set(ids)].map((id) => ofLot(records, id)));
  return first.filter((party) => others.every((parties) => parties.includes(party)));
}

/** Whose lots a step draws on, and at whose site it is done. */
export async function whoseStep(
  { get }: Pick<Reads, "get">,
  step: { readonly site: string; readonly inputs: readonly { readonly lot: string }[] },
): Whose {
  const lots = await Promise.all(step.inputs.map(({ lot }) => get("lot", lot)));
  return [...(await ofSite({ get }, step.site)), ...lots.map((lot) => lot?.owner)];
}
