import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, useEffect, useState } from "react";
import { useAsk } from "../kit/client/hooks.ts";
import { Go } from "../kit/show/go.tsx";
import { RefusedNote } from "../kit/show/states.tsx";
import { KeptList } from "./kept-list.tsx";
import { lotIn } from "./label.ts";
import { Scanner } from "./scanner.tsx";

/** The way in for a phone on the floor: scan the code of a lot, or type the beginning of its number. */
export function Floor() {
  const [text, setText] = useState("");
  const navigate = useNavigate();
  const open = (lot: string) => void navigate({ to: `/floor/${encodeURIComponent(lot)}` });
  const asked = useAsk("overview/find", { text: text.trim() }, { enabled: text.trim() !== "" });
  const lots = text.trim() === "" ? [] : (asked.data?.items ?? []).filter((hit) => hit.what === "lot");
  useEffect(() => {
    document.title = "Floor · Didym";
  }, []);
  const send = (event: FormEvent) => {
    event.preventDefault();
    const first = lots[0];
    if (first) open(first.id);
  };
  return (
    <main className="floor">
      <header>
        <Go to="/" className="small">
          Didym
        </Go>
        <h1>Which lot?</h1>
      </header>
      <KeptList />
      <Scanner found={(code) => open(lotIn(code))} />
      <form onSubmit={send}>
        <label className="floor-find">
          or its number
          <input value={text} onChange={(e) => setText(e.currentTarget.value)} autoCapitalize="characters" />
        </label>
      </form>
      <RefusedNote error={asked.error} />
      {lots.length === 0 && text.trim() !== "" && asked.data !== undefined && !asked.isFetching ? (
        <p className="dim" role="status">
          No lot is called so. Its number stands under the code on its label.
        </p>
      ) : null}
      <ul className="list">
        {lots.map((hit) => (
          <li key={hit.id}>
            <Go to={`/floor/${encodeURIComponent(hit.id)}`}>{hit.id}</Go>
          </li>
        ))}
      </ul>
    </main>
  );
}
