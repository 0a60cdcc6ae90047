import { everyRecord } from "../../src/app/core/pages.ts";
import type { Ports } from "../../src/app/core/ports.ts";
import type { Collection } from "../../src/app/core/records.ts";
import type { AnyQuery } from "../../src/app/core/use-case.ts";
import { useCases } from "../../src/app/use-cases.ts";

/** Fields of queries that name a record, and where its names are kept. */
const NAMES: Readonly<Record<string, readonly [Collection, string]>> = {
  lot: ["lot", "id"],
  step: ["step", "step"],
  consignment: ["consignment", "consignment"],
  order: ["order", "order"],
  passport: ["passport", "passport"],
  sample: ["sample", "sample"],
  campaign: ["campaign", "campaign"],
  agreement: ["account", "agreement"],
  shipment: ["shipment", "shipment"],
  buyer: ["buyer", "buyer"],
  instrument: ["instrument", "instrument"],
};

const EACH_MOST = 4;

/** Every query with its example, and with each of several records that are on the books, as paths. */
export async function everyQuestion({ store }: Ports): Promise<readonly string[]> {
  const ids: Record<string, readonly string[]> = {};
  for (const [field, [collection, name]] of Object.entries(NAMES)) {
    const all = await everyRecord(store, collection);
    const step = Math.max(1, Math.floor(all.length / EACH_MOST));
    ids[field] = all
      .filter((_, i) => i % step === 0)
      .map((record) => String((record as unknown as Record<string, unknown>)[name]));
  }
  return useCases.flatMap((useCase) => {
    if (useCase.type !== "query") return [];
    const fields = fieldsOf(useCase);
    const given = fields.filter((field) => field in NAMES);
    const inputs = [
      useCase.example as object,
      ...given.flatMap((field) => (ids[field] ?? []).map((id) => ({ ...useCase.example, [field]: id }))),
    ];
    const path = `/api/${useCase.room}/${useCase.verb}`;
    return inputs.map((input) => `${path}?${new URLSearchParams(textsOf(input))}`);
  });
}

const fieldsOf = (useCase: AnyQuery): readonly string[] =>
  Object.keys((useCase.input as unknown as { shape?: object }).shape ?? {});

const textsOf = (input: object): Record<string, string> =>
  Object.fromEntries(Object.entries(input).map(([field, value]) => [field, String(value)]));
