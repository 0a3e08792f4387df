import { Stencil, writeNodalForce } from "../../../engine/particle/fields/mod.ts";
import type { Nodes, ScopeSnapshot, ScopeWall } from "./scope_snapshot.ts";

/** The medium at one place. */
export interface MediumSample {
  /** Ticks from the spot. */
  readonly x: number;
  /** Energies, ticks²/s². */
  readonly U: number;
  readonly O: number;
  /** Current, ticks/s. */
  readonly C: number;
  /** Drag, 1/s. */
  readonly G: number;
  /** Force of the weighted energies wU·U + wO·O, ticks/s². */
  readonly force: number;
}

/** Samples a medium between its nodes as the engine does: linear, force included. */
export class MediumSampler {
  readonly #stencil: Stencil;
  readonly #fields: Readonly<Record<"U" | "O" | "C" | "G" | "force", Float64Array>>;

  constructor({ N, dx, theta, U, O, C, G }: ScopeSnapshot) {
    const doubles = (nodes: Nodes) => Float64Array.from(nodes);
    const energy = Float64Array.from(U, (own, i) => theta[0]! * own + theta[3]! * O[i]!);
    const force = new Float64Array(energy.length);
    writeNodalForce(energy, dx, force);
    this.#stencil = new Stencil(N, dx);
    this.#fields = { U: doubles(U), O: doubles(O), C: doubles(C), G: doubles(G), force };
  }

  /** Returns the medium at a place. @param x Ticks from the spot. */
  at(x: number): MediumSample {
    this.#stencil.moveTo(x);
    const value = (name: "U" | "O" | "C" | "G" | "force") =>
      this.#stencil.value(this.#fields[name]);
    return { x, U: value("U"), O: value("O"), C: value("C"), G: value("G"), force: value("force") };
  }
}

/** Returns the nearest wall within whose width a place lies. @param x Ticks from the spot. */
export function wallAt({ walls, spot }: ScopeSnapshot, x: number): ScopeWall | null {
  const far = ({ center }: ScopeWall) => Math.abs(center - spot - x);
  const near = walls.filter((wall) => far(wall) <= wall.sigma).sort((a, b) => far(a) - far(b));
  return near[0] ?? null;
}

/** Returns the next wall beside a place, by centre. @param step 1 above, −1 below. */
export function wallBeside({ walls, spot }: ScopeSnapshot, x: number, step: 1 | -1) {
  const beside = walls.map((wall) => ({ wall, away: step * (wall.center - spot - x) }))
    .filter(({ away }) => away > 1e-9).sort((a, b) => a.away - b.away);
  return beside[0]?.wall ?? null;
}
