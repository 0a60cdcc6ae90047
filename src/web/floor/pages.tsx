import { Floor } from "./floor.tsx";
import { FloorLot } from "./floor-lot.tsx";
import { useOffline } from "./use-offline.ts";

// Both pages are one script: a phone that opened either can open the other when the line is gone.

export function FloorPage() {
  useOffline();
  return <Floor />;
}

export function FloorLotPage() {
  useOffline();
  return <FloorLot />;
}
