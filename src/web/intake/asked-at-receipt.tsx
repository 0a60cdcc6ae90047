import { NativeSelect, TextInput } from "@mantine/core";
import { FEEDSTOCKS } from "../../intake/index.ts";
import { words } from "../kit/show/figure-text.ts";

type Class = keyof typeof FEEDSTOCKS;

/** What a supplier is asked when its truck is unloaded; empty means not stated, and nothing is put in its place. */
export interface Asked {
  readonly country: string;
  readonly region: string;
  readonly feedstock: Class | "";
  readonly evidence: string;
}

export const NOTHING_ASKED: Asked = { country: "", region: "", feedstock: "", evidence: "" };

/** As the command takes it: what was left empty is left out. */
export function saidOf({ country, region, feedstock, evidence }: Asked) {
  const [where, part, rests] = [country.trim().toUpperCase(), region.trim(), evidence.trim()];
  return {
    ...(where ? { collected_in: { country: where, ...(part ? { region: part } : {}) } } : {}),
    ...(feedstock ? { feedstock: { class: feedstock, ...(rests ? { evidence: rests } : {}) } } : {}),
  };
}

const CLASSES = Object.entries(FEEDSTOCKS).map(([value, says]) => ({
  value,
  label: `${words(value)}: ${says}`,
}));

export function AskedAtReceipt({ asked, change }: { asked: Asked; change: (next: Asked) => void }) {
  return (
    <>
      <div className="form-row">
        <TextInput
          label="Collected in"
          description="country, two letters: US"
          maxLength={2}
          value={asked.country}
          onChange={(e) => change({ ...asked, country: e.currentTarget.value })}
        />
        <TextInput
          label="State or region"
          description="where it is known"
          value={asked.region}
          onChange={(e) => change({ ...asked, region: e.currentTarget.value })}
        />
        <NativeSelect
          label="What it was before"
          description="as the supplier says"
          value={asked.feedstock}
          onChange={(e) => change({ ...asked, feedstock: e.currentTarget.value as Class | "" })}
          data={[{ value: "", label: "not stated" }, ...CLASSES]}
        />
        <TextInput
          label="What that rests on"
          description="declaration or contract, by its reference"
          value={asked.evidence}
          onChange={(e) => change({ ...asked, evidence: e.currentTarget.value })}
        />
      </div>
      <p className="dim small">Asked now, because what is not asked at receipt cannot be proved later.</p>
    </>
  );
}
