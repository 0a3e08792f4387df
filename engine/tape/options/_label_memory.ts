import type { Family, Subtype } from "../parent.ts";

/** What the generator meant by a print. Never leaves its memory, tests and the label file. */
export interface Label {
  /** Number of the parent in its session; -1: background. */
  readonly slot: number;
  readonly family: Family;
  readonly subtype: Subtype | "mid_size" | "block";
  readonly direction: 1 | -1 | 0;
}

const KEPT_MS = 3_600_000;

/** Labels of the prints of the last hour by trace id. */
export class LabelMemory {
  readonly #labels = new Map<string, { ts: number; label: Label }>();

  add(traceId: string, ts: number, { slot, family, subtype, direction }: Label): void {
    this.#labels.set(traceId, { ts, label: { slot, family, subtype, direction } });
  }

  get(traceId: string): Label | null {
    return this.#labels.get(traceId)?.label ?? null;
  }

  /** Drops what is more than an hour older than `tsMs`; entries are in order of time. */
  forgetBefore(tsMs: number): void {
    for (const [traceId, { ts }] of this.#labels) {
      if (ts >= tsMs - KEPT_MS) break;
      this.#labels.delete(traceId);
    }
  }
}
