import { type Hub, type Metric, type Topic, TOPICS } from "../../kit/mod.ts";
import { type SurfaceWindow, WINDOWS_WITH_LARGEST } from "../../market/mod.ts";
import { KeptWindow, UnpackedWindow } from "./kept_window.ts";

/** Windows that are kept: half an hour. */
export const RING_WINDOWS = 1_800;

/** The newest windows of a market, under numbers that count up by one, for readers at any pace. */
export class WindowRing {
  readonly windows: Topic<KeptWindow>;

  readonly #unpacked = new UnpackedWindow();

  constructor(hub: Hub) {
    this.windows = hub.topic(TOPICS.surfaceWindows, { keep: RING_WINDOWS });
  }

  /**
   * Takes the next window; readers of {@link WindowRing.windows} hear of it. Those that are not among the
   * newest any more go into less memory.
   */
  add(window: SurfaceWindow): void {
    this.windows.publish(new KeptWindow(window, this.#unpacked));
    // Those who wait for the newest do not wait for this.
    this.windows.at(this.windows.end - WINDOWS_WITH_LARGEST - 1)?.pack();
  }

  /** Number of the first window that ends at a time or later; the end of the ring when none does. */
  from(endNs: bigint): number {
    let [low, high] = [this.windows.start, this.windows.end];
    while (low < high) {
      const middle = (low + high) >> 1;
      const window = this.windows.at(middle);
      if (window !== undefined && window.head.endNs < endNs) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Memory of the windows kept, bytes. */
  get bytes(): number {
    let sum = 0;
    for (let i = this.windows.start; i < this.windows.end; i++) {
      sum += this.windows.at(i)?.bytes ?? 0;
    }
    return sum;
  }

  /** Figures for `/metrics`. */
  metrics(): readonly Metric[] {
    const { start, end } = this.windows;
    return [
      {
        name: "lotus_surface_windows",
        type: "gauge",
        help: "Windows of surfaces kept",
        value: end - start,
      },
      {
        name: "lotus_surface_window_bytes",
        type: "gauge",
        help: "Memory of the windows kept, bytes",
        value: this.bytes,
      },
    ];
  }
}
