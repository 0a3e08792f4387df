/**
 * Where a position lies between two nodes, and what nodal arrays are there. Linear between nodes,
 * constant with slope 0 beyond the ends.
 */
export class Stencil {
  readonly #N: number;
  readonly #dx: number;
  /** Left of the two nodes, 0..2N - 1. */
  #node = 0;
  /** Share of the right node, 0..1. */
  #weight = 0;
  #inside = false;

  /**
   * @param N Nodes on either side of the spot.
   * @param dx Distance of two nodes, ticks.
   */
  constructor(N: number, dx: number) {
    this.#N = N;
    this.#dx = dx;
  }

  /** Moves to a position, ticks from the spot. */
  moveTo(x: number): void {
    const u = x / this.#dx + this.#N;
    const node = Math.min(Math.max(Math.floor(u), 0), 2 * this.#N - 1);
    const weight = u - node;
    this.#node = node;
    this.#inside = weight >= 0 && weight <= 1;
    this.#weight = weight < 0 ? 0 : weight > 1 ? 1 : weight;
  }

  /** Value of a nodal array here, in its unit. */
  value(nodal: Float64Array): number {
    if (this.#weight === 1) return nodal[this.#node + 1]!; // a + (b - a) is not always b
    const left = nodal[this.#node]!;
    return left + this.#weight * (nodal[this.#node + 1]! - left);
  }

  /** Slope of a nodal array here, in its unit per tick. */
  slope(nodal: Float64Array): number {
    return this.#inside ? (nodal[this.#node + 1]! - nodal[this.#node]!) / this.#dx : 0;
  }
}
