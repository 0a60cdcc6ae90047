import { useEffect, useRef, useState } from "react";
import { type Settings, simulationInput } from "./settings.ts";
import type { Told } from "./worker.ts";

/** While a slider moves, coarse: one to two percent at the usual settings. When it rests, to one percent with its estimate. */
const MOVING = { cells: 60, points: 1_500 };
export const RESTING = { error_l1_max: 0.01, points: 3_000 };
const REST_MS = 350;

interface Wish {
  readonly settings: Settings;
  readonly fine: boolean;
}

/** One worker that does one thing at a time, and after it the latest wish: what was wished in between is left out. */
class Hand {
  private readonly worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
  private doing: Wish | undefined;
  private next: Wish | undefined;
  private count = 0;

  constructor(tell: (told: Told, wish: Wish) => void) {
    this.worker.onmessage = ({ data }: MessageEvent<Told>) => {
      const done = this.doing;
      this.doing = undefined;
      if (done) tell(data, done);
      if (this.next) this.wish(this.next);
    };
  }

  wish(wish: Wish): void {
    if (this.doing) {
      this.next = wish;
      return;
    }
    this.doing = wish;
    this.next = undefined;
    this.count += 1;
    this.worker.postMessage({
      id: this.count,
      input: simulationInput(wish.settings, wish.fine ? RESTING : MOVING),
    });
  }

  end(): void {
    this.worker.terminate();
  }
}

/** The outlet for settings, simulated in a worker: coarse at once, finely when nothing moved for a moment. */
export function useSimulation(settings: Settings): {
  readonly told: Told | undefined;
  readonly fine: boolean;
} {
  const hand = useRef<Hand>(undefined);
  const [told, setTold] = useState<{ readonly told: Told; readonly fine: boolean }>();
  useEffect(() => {
    const made = new Hand((answer, { fine }) => setTold({ told: answer, fine }));
    hand.current = made;
    return () => made.end();
  }, []);
  useEffect(() => {
    hand.current?.wish({ settings, fine: false });
    const rest = setTimeout(() => hand.current?.wish({ settings, fine: true }), REST_MS);
    return () => clearTimeout(rest);
  }, [settings]);
  return { told: told?.told, fine: told?.fine ?? false };
}
