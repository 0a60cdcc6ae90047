import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useSyncExternalStore } from "react";
import { readRemembered, remember, WORDS } from "../remembered.ts";
import { outboxOn, sendKept } from "./outbox.ts";

/** How often what waits is tried again while the page is open. */
const AGAIN_MS = 15_000;

export const outbox = outboxOn(
  { read: () => readRemembered(WORDS.outbox), write: (text) => remember(WORDS.outbox, text) },
  sendKept,
);

/** What is kept on this device, tried again when the line comes back and now and then. */
export function useOutbox() {
  const kept = useSyncExternalStore(outbox.onChange, outbox.kept);
  const client = useQueryClient();
  useEffect(() => {
    const send = () => {
      if (outbox.kept().every((k) => k.refused !== undefined)) return;
      void outbox.sendAll().then(() => client.invalidateQueries());
    };
    send();
    const timer = setInterval(send, AGAIN_MS);
    addEventListener("online", send);
    return () => {
      clearInterval(timer);
      removeEventListener("online", send);
    };
  }, [client]);
  return kept;
}
