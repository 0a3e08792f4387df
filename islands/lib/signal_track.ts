import type { ColumnStore } from "./column_store.ts";
import type { RuntimeConfig } from "./wire.ts";

/** The directional signals after one bin. */
export interface SignalReading {
  readonly ads: number;
  readonly pfp: number;
  readonly svac: number;
  readonly composite: number;
  readonly adsWarm: boolean;
  readonly pfpWarm: boolean;
  readonly svacWarm: boolean;
  readonly warmth: number;
}

/** Computes the directional signals bin by bin and writes composite and warmth into the store. */
export class SignalTrack {
  reading: SignalReading | null = null;
  constructor(_config: RuntimeConfig) {}
  reset(): void {
    this.reading = null;
  }
  update(store: ColumnStore, slot: number): void {
    store.composite[slot] = 0;
    store.warmth[slot] = 0;
  }
}
