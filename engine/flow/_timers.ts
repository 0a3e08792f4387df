/** Something to do when event time has passed `at`. */
interface Timer {
  readonly at: number;
  readonly order: number;
  readonly run: () => void;
}

/**
 * Timers of event time, earliest first, equal times in the order in which they were set. Their number is
 * bounded by what sets them: one per open packet, waiting leg and candle window.
 */
export class TimerQueue {
  readonly #heap: Timer[] = [];
  #order = 0;

  get size(): number {
    return this.#heap.length;
  }

  /** Time of the next timer, or Infinity. */
  nextAt(): number {
    return this.#heap[0]?.at ?? Infinity;
  }

  set(at: number, run: () => void): void {
    const heap = this.#heap;
    const timer: Timer = { at, order: this.#order++, run };
    let i = heap.length;
    heap.push(timer);
    while (i > 0) {
      const parent = (i - 1) >> 1;
      if (!isBefore(timer, heap[parent]!)) break;
      heap[i] = heap[parent]!;
      i = parent;
    }
    heap[i] = timer;
  }

  /** Takes the next timer out and runs it. The queue must not be empty. */
  fire(): void {
    const heap = this.#heap;
    const first = heap[0]!;
    const last = heap.pop()!;
    if (heap.length > 0) this.#sink(last);
    first.run();
  }

  #sink(timer: Timer): void {
    const heap = this.#heap;
    const half = heap.length >> 1;
    let i = 0;
    while (i < half) {
      let child = 2 * i + 1;
      const right = child + 1;
      if (right < heap.length && isBefore(heap[right]!, heap[child]!)) child = right;
      if (!isBefore(heap[child]!, timer)) break;
      heap[i] = heap[child]!;
      i = child;
    }
    heap[i] = timer;
  }
}

function isBefore(a: Timer, b: Timer): boolean {
  return a.at !== b.at ? a.at < b.at : a.order < b.order;
}
