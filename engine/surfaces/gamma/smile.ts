/**
 * Volatility by strike from the strikes that have one: nodes smoothed by the median of three, linear in the logarithm
 * of the strike between them, flat beyond. Kept columns; nodes come by ascending strike.
 */
export class Smile {
  #count = 0;
  readonly #lnStrike: Float64Array;
  readonly #iv: Float64Array;
  readonly #smooth: Float64Array;

  /** @param capacity Most nodes. */
  constructor(capacity: number) {
    this.#lnStrike = new Float64Array(capacity);
    this.#iv = new Float64Array(capacity);
    this.#smooth = new Float64Array(capacity);
  }

  /** Nodes. */
  get count(): number {
    return this.#count;
  }

  clear(): void {
    this.#count = 0;
  }

  push(lnStrike: number, iv: number): void {
    this.#lnStrike[this.#count] = lnStrike;
    this.#iv[this.#count] = iv;
    this.#count++;
  }

  /** Smooths the nodes pushed; due before {@link at}. The first and the last keep theirs. */
  smooth(): void {
    const last = this.#count - 1;
    const iv = this.#iv;
    for (let i = 0; i <= last; i++) {
      const isEnd = i === 0 || i === last;
      this.#smooth[i] = isEnd ? iv[i]! : medianOfThree(iv[i - 1]!, iv[i]!, iv[i + 1]!);
    }
  }

  /** Annual volatility at a strike; NaN without nodes. */
  at(lnStrike: number): number {
    const last = this.#count - 1;
    if (last < 0) return NaN;
    const x = this.#lnStrike;
    const iv = this.#smooth;
    if (lnStrike <= x[0]!) return iv[0]!;
    if (lnStrike >= x[last]!) return iv[last]!;
    let low = 0;
    let high = last;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (x[middle]! <= lnStrike) low = middle;
      else high = middle;
    }
    const share = (lnStrike - x[low]!) / (x[high]! - x[low]!);
    return iv[low]! + share * (iv[high]! - iv[low]!);
  }
}

function medianOfThree(a: number, b: number, c: number): number {
  return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
}
