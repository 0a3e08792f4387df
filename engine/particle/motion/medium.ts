import type { LabConfig } from "../config.ts";
import { type NodalFields, Stencil, writeNodalForce } from "../fields/mod.ts";

/** The fields of a tick with their forces, and what they are at one position. */
export class Medium {
  /** Force of U here, ticks/s^2 per unit of weight. */
  forceU = 0;
  /** Slope of that force, 1/s^2. */
  slopeU = 0;
  /** Current here, ticks/s. */
  current = 0;
  /** Slope of the current, 1/s. */
  slopeC = 0;
  /** Drag here, 1/s. */
  drag = 0;
  /** Slope of the drag, 1/(s tick). */
  slopeG = 0;
  /** Force of O here, ticks/s^2 per unit of weight. */
  forceO = 0;
  /** Slope of that force, 1/s^2. */
  slopeO = 0;
  readonly #dx: number;
  readonly #stencil: Stencil;
  readonly #nodalU: Float64Array;
  readonly #nodalO: Float64Array;
  #C: Float64Array;
  #G: Float64Array;

  constructor({ N, dx }: Pick<LabConfig, "N" | "dx">) {
    const n = 2 * N + 1;
    this.#dx = dx;
    this.#stencil = new Stencil(N, dx);
    this.#nodalU = new Float64Array(n);
    this.#nodalO = new Float64Array(n);
    this.#C = new Float64Array(n);
    this.#G = new Float64Array(n);
  }

  /**
   * Takes the fields of a tick. C and G are read in place until the next call.
   *
   * @throws {RangeError} When a field has not one value for each node.
   */
  take({ U, C, G, O }: NodalFields): void {
    const n = this.#nodalU.length;
    for (const field of [U, C, G, O]) {
      if (field.length !== n) {
        throw new RangeError(`Cannot take a field as it must have ${n} nodes: ${field.length}`);
      }
    }
    writeNodalForce(U, this.#dx, this.#nodalU);
    writeNodalForce(O, this.#dx, this.#nodalO);
    this.#C = C;
    this.#G = G;
  }

  /** Samples the medium at a position, ticks from the spot. */
  sample(x: number): void {
    const at = this.#stencil;
    at.moveTo(x);
    this.forceU = at.value(this.#nodalU);
    this.slopeU = at.slope(this.#nodalU);
    this.current = at.value(this.#C);
    this.slopeC = at.slope(this.#C);
    this.drag = at.value(this.#G);
    this.slopeG = at.slope(this.#G);
    this.forceO = at.value(this.#nodalO);
    this.slopeO = at.slope(this.#nodalO);
  }

  /**
   * The greatest stiffness of the medium under these weights, 1/s^2: linear springs of the energies
   * and the current, and the spring that a gradient of drag makes of a velocity.
   *
   * @param theta Shape [7].
   * @param v0 Velocity at launch, ticks/s; taken as 10 at least.
   */
  stiffness(theta: ArrayLike<number>, v0: number): number {
    const [wU, wC, wG, wO] = [theta[0]!, theta[1]!, theta[2]!, theta[3]!];
    const speed = Math.max(Math.abs(v0), 10);
    const [U, O, C, G] = [this.#nodalU, this.#nodalO, this.#C, this.#G];
    let greatest = 0;
    for (let i = 0; i + 1 < U.length; i++) {
      const spring = Math.abs(wU * (U[i + 1]! - U[i]!)) + Math.abs(wO * (O[i + 1]! - O[i]!)) +
        Math.abs(wC * (C[i + 1]! - C[i]!)) + wG * Math.abs(G[i + 1]! - G[i]!) * speed;
      if (spring > greatest) greatest = spring;
    }
    return greatest / this.#dx;
  }
}
