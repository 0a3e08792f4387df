/**
 * Parts a series at its pauses. A series that never pauses is parted at whole multiples of a period as well,
 * so that where it is parted follows from the last two periods, however long ago the series began: whoever
 * has read that much parts it where everybody else does.
 */
export class Chain {
  #firstTs = -Infinity;
  #lastTs = -Infinity;

  /** Takes the next moment, epoch ms, not before the last one. Returns whether a part begins with it. */
  begins(tsMs: number, pauseMs: number, periodMs: number): boolean {
    const last = this.#lastTs;
    this.#lastTs = Math.max(last, tsMs);
    if (tsMs - last > pauseMs) {
      this.#firstTs = tsMs;
      return true;
    }
    const cutTs = Math.floor(tsMs / periodMs) * periodMs;
    return cutTs > last && this.#firstTs <= cutTs - periodMs;
  }
}
