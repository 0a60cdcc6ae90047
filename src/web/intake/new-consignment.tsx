import { Button, NativeSelect, TextInput } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import type { Offer } from "../../intake/index.ts";
import { useAsk, useCommand } from "../kit/client/hooks.ts";
import { Page, Panel, Tag } from "../kit/show/page.tsx";
import { Answered, RefusedNote } from "../kit/show/states.tsx";
import { Table } from "../kit/show/table.tsx";
import { useParties, useScales, useWho } from "../kit/who.tsx";
import { AskedAtReceipt, NOTHING_ASKED, saidOf } from "./asked-at-receipt.tsx";

const ZIP = /^\d{5}(-\d{4})?$/;

interface PalletDraft {
  readonly pallet: string;
  readonly gross: string;
  readonly tare: string;
  readonly stream: string;
}

const EMPTY: PalletDraft = { pallet: "", gross: "", tare: "", stream: "" };

/** A consignment from its ZIP code: the centre offered and why, and the pallets as they were weighed there. */
export function NewConsignment() {
  const [zip, setZip] = useState("");
  const readable = ZIP.test(zip);
  const offer = useAsk("intake/offer", { zip }, { enabled: readable });
  return (
    <Page
      title="New consignment"
      says="The ZIP code it comes from offers the centre; the pallets are weighed there."
    >
      <Panel title="Where it comes from">
        <TextInput
          label="ZIP code"
          description="five digits"
          inputMode="numeric"
          maxLength={10}
          w={160}
          value={zip}
          onChange={(e) => setZip(e.currentTarget.value.trim())}
          error={zip.length >= 5 && !readable ? "a US ZIP code has five digits" : undefined}
        />
      </Panel>
      {readable ? (
        <Answered asked={offer}>{({ offers }) => <Chosen key={zip} zip={zip} offers={offers} />}</Answered>
      ) : null}
    </Page>
  );
}

function Chosen({ zip, offers }: { zip: string; offers: readonly Offer[] }) {
  const first = offers.find((o) => o.offered)?.site;
  const [site, setSite] = useState(first);
  return (
    <>
      <Panel
        title="The centre"
        says="Open centres that can take it in, nearest first by great circle; another can be chosen."
      >
        <Table
          caption="centres for this ZIP code"
          rows={offers}
          keyOf={(o) => o.site}
          columns={[
            {
              head: "Centre",
              kind: "keep",
              cell: (o) => (
                <label>
                  <input
                    type="radio"
                    name="site"
                    checked={site === o.site}
                    disabled={!o.offered}
                    onChange={() => setSite(o.site)}
                  />{" "}
                  {o.name}
                </label>
              ),
            },
            { head: "Place", cell: (o) => `${o.city}, ${o.state}`, kind: "keep" },
            { head: "Miles", cell: (o) => o.distance_miles.toFixed(0), kind: "num" },
            {
              head: "Why",
              cell: (o) => (
                <>
                  {o.site === first ? <Tag mood="good">offered</Tag> : null} {o.why}
                </>
              ),
            },
          ]}
        />
      </Panel>
      {site ? <Receive zip={zip} site={site} /> : null}
    </>
  );
}

function Receive({ zip, site }: { zip: string; site: string }) {
  const navigate = useNavigate();
  const { view } = useWho();
  const parties = useParties().data ?? [];
  const recyclers = parties.filter((p) => p.kind === "recycler");
  const customers = parties.filter((p) => p.kind === "customer");
  const scales = useScales(site);
  const [owner, setOwner] = useState("");
  const [name, setName] = useState("");
  const [customer, setCustomer] = useState("");
  const [scale, setScale] = useState("");
  const [asked, setAsked] = useState(NOTHING_ASKED);
  const [pallets, setPallets] = useState<readonly PalletDraft[]>([EMPTY]);
  const receive = useCommand("intake/receive", {
    onDone: ({ answer }) => void navigate({ to: `/consignments/${answer.consignment}` }),
  });
  const chosenScale = scales.some((s) => s.id === scale) ? scale : (scales[0]?.id ?? "");
  const chosenOwner = owner || recyclers.find((p) => p.id === view)?.id || recyclers[0]?.id || "";
  const send = (event: FormEvent) => {
    event.preventDefault();
    receive.mutate({
      owner: chosenOwner,
      from_zip: zip,
      site,
      ...(name.trim() ? { from_name: name.trim() } : {}),
      ...(customer ? { customer } : {}),
      ...saidOf(asked),
      pallets: pallets
        .filter((p) => p.pallet || p.gross || p.tare)
        .map(({ stream, ...p }) => ({ ...p, scale: chosenScale, ...(stream ? { stream } : {}) })),
    });
  };
  return (
    <Panel title="What came" says="Masses as they were read, with their unit: 412.5 kg, 910 lb.">
      <form onSubmit={send} className="form" style={{ maxWidth: "52rem" }}>
        <div className="form-row">
          <NativeSelect
            label="Owner"
            value={chosenOwner}
            onChange={(e) => setOwner(e.currentTarget.value)}
            data={recyclers.map((p) => ({ value: p.id, label: p.name }))}
          />
          <TextInput
            label="From (may stay empty)"
            value={name}
            onChange={(e) => setName(e.currentTarget.value)}
          />
          <CustomerField customers={customers} customer={customer} change={setCustomer} />
          <NativeSelect
            label="Weighed on"
            value={chosenScale}
            onChange={(e) => setScale(e.currentTarget.value)}
            data={scales.map((s) => ({ value: s.id, label: `${s.name} (${s.id})` }))}
          />
        </div>
        <AskedAtReceipt asked={asked} change={setAsked} />
        <PalletRows pallets={pallets} change={setPallets} />
        <div style={{ display: "flex", gap: "0.5rem", flexWrap: "wrap" }}>
          <Button variant="default" onClick={() => setPallets([...pallets, EMPTY])}>
            Another pallet
          </Button>
          <Button type="submit" loading={receive.isPending}>
            Receive
          </Button>
        </div>
        <RefusedNote error={receive.error} />
      </form>
    </Panel>
  );
}

/** Whose devices they were: it reads what becomes of them. */
function CustomerField(props: {
  customers: readonly { readonly id: string; readonly name: string }[];
  customer: string;
  change: (to: string) => void;
}) {
  const { customers, customer, change } = props;
  if (customers.length === 0) return null;
  const named = customers.map(({ id, name }) => ({ value: id, label: name }));
  return (
    <NativeSelect
      label="Customer (may stay empty)"
      value={customer}
      onChange={(e) => change(e.currentTarget.value)}
      data={[{ value: "", label: "not named" }, ...named]}
    />
  );
}

function PalletRows(props: {
  pallets: readonly PalletDraft[];
  change: (next: readonly PalletDraft[]) => void;
}) {
  const { pallets, change } = props;
  return pallets.map((pallet, i) => (
    <PalletRow
      // biome-ignore lint/suspicious/noArrayIndexKey: rows have no other name until they are filled in
      key={i}
      nth={i + 1}
      pallet={pallet}
      change={(next) => change(pallets.map((p, j) => (j === i ? next : p)))}
    />
  ));
}

function PalletRow(props: { nth: number; pallet: PalletDraft; change: (next: PalletDraft) => void }) {
  const { nth, pallet, change } = props;
  return (
    <div className="form-row">
      <TextInput
        label={`Pallet ${nth}`}
        placeholder="P-1"
        value={pallet.pallet}
        onChange={(e) => change({ ...pallet, pallet: e.currentTarget.value })}
      />
      <TextInput
        label="Gross"
        placeholder="412.5 kg"
        value={pallet.gross}
        onChange={(e) => change({ ...pallet, gross: e.currentTarget.value })}
      />
      <TextInput
        label="Tare"
        placeholder="18.5 kg"
        value={pallet.tare}
        onChange={(e) => change({ ...pallet, tare: e.currentTarget.value })}
      />
      <NativeSelect
        label="Stream"
        value={pallet.stream}
        onChange={(e) => change({ ...pallet, stream: e.currentTarget.value })}
        data={[
          { value: "", label: "not sorted" },
          { value: "data_bearing", label: "data-bearing" },
          { value: "other", label: "other" },
        ]}
      />
    </div>
  );
}
