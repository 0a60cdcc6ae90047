import { useNavigate } from "@tanstack/react-router";
import { useEffect, useRef } from "react";

/** Pages by two keys, "g" and a letter of the step; shown in the palette and in the help. */
export const GO_KEYS: Readonly<Record<string, { readonly to: string; readonly name: string }>> = {
  o: { to: "/", name: "Overview" },
  i: { to: "/consignments", name: "Intake" },
  p: { to: "/lots", name: "Prepare" },
  a: { to: "/ship", name: "Ship & assay" },
  s: { to: "/settle", name: "Settle" },
  r: { to: "/campaigns", name: "Refine" },
  c: { to: "/certify", name: "Certify" },
  d: { to: "/orders", name: "Orders" },
  w: { to: "/plan", name: "Plan" },
  l: { to: "/laboratory", name: "Laboratory" },
  m: { to: "/account", name: "Material balance" },
  b: { to: "/books", name: "Books" },
};

/** The second key of a pair comes within this, or the first is forgotten. */
const PAIR_MS = 1_200;

const isWriting = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

const isInDialog = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest('[role="dialog"]') !== null;

/**
 * The keys that work on every page: Ctrl or Cmd and K, or "/", for the palette; "g" and a letter for a page; "n" for a new
 * consignment; "?" for help. While somebody writes in a field only the palette's own keys count, and while the palette is on
 * its way what is typed is for it: `typed`.
 */
export function useShortcuts(open: {
  readonly palette: () => void;
  readonly help: () => void;
  readonly typed?: ((key: string) => void) | undefined;
}) {
  const navigate = useNavigate();
  const act = useRef(open);
  useEffect(() => {
    act.current = open;
  });
  useEffect(() => {
    let pairedAt = Number.NEGATIVE_INFINITY;
    const onKey = (event: KeyboardEvent) => {
      const palette = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k";
      if (!palette && (isWriting(event.target) || event.ctrlKey || event.metaKey || event.altKey)) return;
      if (!palette && act.current.typed) {
        if (event.key.length !== 1 || isInDialog(event.target)) return;
        act.current.typed(event.key);
        return event.preventDefault();
      }
      const paired = event.timeStamp - pairedAt < PAIR_MS ? GO_KEYS[event.key] : undefined;
      pairedAt = Number.NEGATIVE_INFINITY;
      if (paired) void navigate({ to: paired.to });
      else if (palette || event.key === "/") act.current.palette();
      else if (event.key === "?") act.current.help();
      else if (event.key === "n") void navigate({ to: "/consignments/new" });
      else if (event.key === "g") {
        pairedAt = event.timeStamp;
        return;
      } else return;
      event.preventDefault();
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, [navigate]);
}
