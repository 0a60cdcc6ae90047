import { useState } from "react";
import type { Lot } from "../../ledger/index.ts";
import { readingsOfUnit } from "../../programme/index.ts";
import { outbox } from "../kit/client/use-outbox.ts";
import { differenceWords } from "../kit/show/difference.ts";
import { words } from "../kit/show/figure-text.ts";
import { useScales, useWho } from "../kit/who.tsx";
import { afterKey, closing, readKeyed } from "./closing.ts";
import { Keypad } from "./keypad.tsx";
import type { NextStep } from "./next-step.ts";

/** Weighs each part of a step with big keys, and tells at once whether it closes. */
export function WeighStep(props: { of: Lot; site: string; step: NextStep; onKept: (key: string) => void }) {
  const { of, site, step, onKept } = props;
  const scales = useScales(site);
  const [scaleId, setScale] = useState<string>();
  const [texts, setTexts] = useState<readonly string[]>(() => step.parts.map(() => ""));
  const [at, setAt] = useState(0);
  const { actor } = useWho();
  const scale = scales.find((s) => s.id === scaleId) ?? scales[0];
  const readings = scale && readingsOfUnit(scale);
  const parts_mg = texts.map((text) => readKeyed(text));
  const weighed = parts_mg.filter((mg) => mg !== undefined);
  const look = closing({
    input: of.mass_mg,
    parts_mg: weighed,
    scale: scale && readings ? { id: scale.id, readings } : undefined,
  });
  const outputsReady = step.parts.every((part, k) => part.part === "loss" || (parts_mg[k] ?? 0) > 0);
  const write = (text: string) => setTexts(texts.map((old, k) => (k === at ? text : old)));
  const record = () => {
    const key = crypto.randomUUID();
    outbox.put({
      key,
      path: "prepare/step",
      actor,
      at: new Date().toISOString(),
      what: `${words(step.kind)} ${of.id}`,
      body: bodyOf(step, { lot: of.id, site, texts, scale: scale?.id }),
    });
    onKept(key);
  };
  return (
    <section aria-label={words(step.kind)}>
      <h2>{words(step.kind)}</h2>
      <p className="dim">It {step.says}. Weigh each part, in kilograms.</p>
      <label className="floor-scale">
        Scale{" "}
        <select value={scale?.id ?? ""} onChange={(e) => setScale(e.currentTarget.value)}>
          {scales.length === 0 ? <option value="">no scale is registered here</option> : null}
          {scales.map((s) => (
            <option key={s.id} value={s.id}>
              {s.name}
            </option>
          ))}
        </select>
      </label>
      {step.parts.map((part, k) => (
        <label key={part.name} className="floor-part" data-at={k === at}>
          <span>{part.part === "loss" ? `lost: ${words(part.name)}` : words(part.name)}</span>
          <input
            inputMode="none"
            value={texts[k]}
            placeholder="0"
            onFocus={() => setAt(k)}
            onChange={(e) => {
              const text = [...e.currentTarget.value].reduce(afterKey, "");
              setTexts(texts.map((old, n) => (n === k ? text : old)));
            }}
          />
          <span className="dim">kg</span>
        </label>
      ))}
      <Closes look={look} begun={weighed.length > 0} />
      <Keypad text={texts[at] ?? ""} write={write} />
      <button type="button" className="button floor-go" disabled={!outputsReady || !scale} onClick={record}>
        Record
      </button>
    </section>
  );
}

/** The step as `prepare step` takes it; a loss of nothing is left out. */
function bodyOf(
  step: NextStep,
  given: { lot: string; site: string; texts: readonly string[]; scale: string | undefined },
): object {
  const { lot, site, texts, scale } = given;
  const weighed = step.parts.map((part, k) => ({
    ...part,
    nothing: (readKeyed(texts[k] ?? "") ?? 0) === 0,
    weight: { mass: `${texts[k]} kg`, ...(scale ? { scale } : {}) },
  }));
  return {
    kind: step.kind,
    site,
    inputs: [{ lot }],
    outputs: weighed.flatMap(({ part, name, weight }) =>
      part === "output" ? [{ kind: name, ...weight }] : [],
    ),
    losses: weighed.flatMap(({ part, name, nothing, weight }) =>
      part === "loss" && !nothing ? [{ place: name, ...weight }] : [],
    ),
  };
}

function Closes({ look, begun }: { look: ReturnType<typeof closing>; begun: boolean }) {
  if (!begun) return null;
  return (
    <p className={`note ${look.closes ? "good" : "warn"}`} role="status">
      <strong>{look.closes ? "It closes." : "It does not close yet."}</strong> Together{" "}
      {differenceWords(-look.missing_mg, look.sd_mg, "what was put in")}.
    </p>
  );
}
