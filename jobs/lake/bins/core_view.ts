import { coreLayout, type Frame, newFrame, putValue } from "../../../engine/frames/mod.ts";
import type { CoreFrame } from "../../../engine/pressure/mod.ts";

/** Shows the frames of a core pipeline by the layout of the full grid, without a copy of their rows. */
export class CoreView {
  readonly #header: Frame["header"];
  readonly #valid: Frame["valid"];
  readonly #layout: string;

  /** @param ticks Ticks of the grid. */
  constructor(ticks: number) {
    const layout = coreLayout(ticks);
    this.#layout = layout.name;
    this.#header = newFrame({ ...layout, columns: [] }).header;
    this.#valid = layout.columns.map(() => null);
  }

  /** A frame, valid until the next call. */
  of(frame: CoreFrame): Frame {
    const { baseNs } = frame;
    const endNs = baseNs + BigInt(frame.binEndNs);
    const fields = [
      endNs,
      frame.binSeq,
      baseNs + BigInt(frame.binStartNs),
      endNs,
      frame.binEventCount,
      frame.eventId,
      frame.anchorTick,
      frame.tickNano,
      frame.firstTick,
      frame.bookValid,
    ];
    fields.forEach((value, i) => putValue(this.#header[i]!, 0, value));
    return {
      layout: this.#layout,
      header: this.#header,
      columns: [...frame.columns, frame.lastEventId],
      valid: this.#valid,
    };
  }
}
