import { Modal } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { type KeyboardEvent, useEffect, useId, useState } from "react";
import { useAsk } from "../kit/client/hooks.ts";
import { type Choice, choicesFor } from "./choices.ts";

/** Waits until nobody typed for a moment, so that each letter is not a question to the server. */
function useSettled(text: string, quiet_ms: number): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), quiet_ms);
    return () => clearTimeout(timer);
  }, [text, quiet_ms]);
  return settled;
}

/** One field that finds any page, act or numbered thing; arrows choose, Enter opens. */
export function Palette(given: { text: string; onText: (text: string) => void; close: () => void }) {
  const { text, onText, close } = given;
  const [at, setAt] = useState(0);
  const navigate = useNavigate();
  const list = useId();
  const asked = useSettled(text.trim(), 120);
  const found = useAsk("overview/find", { text: asked }, { enabled: asked !== "" });
  const choices = choicesFor(text, asked === "" ? [] : (found.data?.items ?? []));
  const chosen = choices[Math.min(at, choices.length - 1)];
  const open = (choice: Choice | undefined) => {
    if (!choice) return;
    close();
    if (choice.to.startsWith("/passport/")) location.assign(choice.to);
    else void navigate({ to: choice.to });
  };
  const onKey = (event: KeyboardEvent) => {
    const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (move !== undefined && choices.length > 0) {
      event.preventDefault();
      setAt((Math.min(at, choices.length - 1) + move + choices.length) % choices.length);
    } else if (event.key === "Enter") {
      event.preventDefault();
      open(chosen);
    }
  };
  return (
    <Modal
      opened
      onClose={close}
      title="Go to"
      size="lg"
      yOffset="10vh"
      closeButtonProps={{ "aria-label": "close" }}
      transitionProps={{ duration: 0 }}
    >
      <input
        className="palette-field"
        aria-label="page, act or number"
        placeholder="A page, an act, or the number of a lot, sample, order…"
        role="combobox"
        aria-expanded="true"
        aria-controls={list}
        aria-activedescendant={chosen ? `${list}-${chosen.to}` : undefined}
        value={text}
        onChange={(e) => {
          onText(e.currentTarget.value);
          setAt(0);
        }}
        onKeyDown={onKey}
        data-autofocus
      />
      <Choices list={list} choices={choices} chosen={chosen} open={open} />
      {choices.length === 0 ? (
        <p className="dim small" role="status">
          {found.isFetching || asked !== text.trim()
            ? "Looking…"
            : "Nothing is called so, and no number begins so."}
        </p>
      ) : null}
    </Modal>
  );
}

function Choices(given: {
  list: string;
  choices: readonly Choice[];
  chosen: Choice | undefined;
  open: (choice: Choice) => void;
}) {
  const { list, choices, chosen, open } = given;
  return (
    <div id={list} role="listbox" aria-label="choices" className="palette-list" tabIndex={-1}>
      {choices.map((choice) => (
        <button
          key={choice.to}
          id={`${list}-${choice.to}`}
          type="button"
          role="option"
          tabIndex={-1}
          aria-selected={choice === chosen}
          className="palette-choice"
          onClick={() => open(choice)}
        >
          <span>{choice.name}</span>
          <span className="dim small">{choice.what}</span>
          {choice.keys ? <kbd>{choice.keys}</kbd> : null}
        </button>
      ))}
    </div>
  );
}
