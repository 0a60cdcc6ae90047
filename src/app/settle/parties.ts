import type { AgreementRecord } from "../../settle/index.ts";

/** The two parties of an agreement: the same in all its versions. */
export const partiesOf = (record: AgreementRecord | undefined): readonly string[] =>
  record ? [record.agreement.parties.supplier, record.agreement.parties.processor] : [];
