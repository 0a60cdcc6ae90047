import { Button, NativeSelect, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import type { Order } from "../../orders/index.ts";
import { useAsk, useCommand } from "../kit/client/hooks.ts";
import { massText } from "../kit/show/figure-text.ts";
import { RefusedNote } from "../kit/show/states.tsx";

/** Promises mass of a lot to this order; what was promised elsewhere is refused in words. */
export function AllocateForm({ of }: { of: Order }) {
  const [lot, setLot] = useState("");
  const [mass, setMass] = useState("");
  const stock = useAsk("orders/on-offer", { order: of.order });
  const lots = stock.data?.items ?? [];
  const allocate = useCommand("orders/allocate", {
    onDone: () => {
      setLot("");
      setMass("");
    },
  });
  const send = (event: FormEvent) => {
    event.preventDefault();
    allocate.mutate({ order: of.order, lot, mass });
  };
  return (
    <form className="form" onSubmit={send} style={{ marginTop: "0.75rem" }}>
      <div className="form-row">
        <NativeSelect
          label="Oxide lot"
          value={lot}
          onChange={(e) => setLot(e.currentTarget.value)}
          required
          data={[
            { value: "", label: stock.data && lots.length === 0 ? `no ${of.oxide} is free` : "choose" },
            ...lots.map((l) => {
              const { best, unit } = massText(l.free_mg, { unit: "kg" });
              return { value: l.lot, label: `${l.lot}, ${best} ${unit} free` };
            }),
          ]}
        />
        <TextInput
          label="Mass"
          placeholder="2 kg"
          value={mass}
          onChange={(e) => setMass(e.currentTarget.value)}
          required
        />
        <Button type="submit" loading={allocate.isPending}>
          Promise it
        </Button>
      </div>
      <RefusedNote error={allocate.error} />
    </form>
  );
}
