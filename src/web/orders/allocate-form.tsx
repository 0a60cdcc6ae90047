import { Button, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import type { Order } from "../../orders/index.ts";
import { useCommand } from "../api/hooks.ts";
import { RefusedNote } from "../show/states.tsx";

/** Promises mass of a lot to this order; what was promised elsewhere is refused in words. */
export function AllocateForm({ of }: { of: Order }) {
  const [lot, setLot] = useState("");
  const [mass, setMass] = useState("");
  const allocate = useCommand("orders/allocate", {
    onDone: () => {
      setLot("");
      setMass("");
    },
  });
  const send = (event: FormEvent) => {
    event.preventDefault();
    allocate.mutate({ order: of.order, lot: lot.trim(), mass });
  };
  return (
    <form className="form" onSubmit={send} style={{ marginTop: "0.75rem" }}>
      <div className="form-row">
        <TextInput label="Oxide lot" value={lot} onChange={(e) => setLot(e.currentTarget.value)} required />
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
