import { exp, pow } from "../../dmath/mod.ts";
import type { Wall, WallEvent, WallObservation } from "./wall.ts";
import { BOOK_WALLS, type WallParams } from "./wall_params.ts";

/** State of a {@link WallSet}. */
export interface WallSetState {
  readonly nextId: number;
  readonly tick: number;
  readonly spot: number;
  readonly walls: readonly Wall[];
}

type Kept = { -readonly [Key in keyof Wall]: Wall[Key] };

function isFinite({ center, e, r, sigma }: WallObservation): boolean {
  return [center, e, r, sigma].every(Number.isFinite);
}

/**
 * The walls of one kind with their memory, at absolute prices: they follow observations, saturate,
 * decay, wear where the price touches them, merge and go.
 *
 * Constant evidence e without contact leads to S = eta e / (1 - decay + eta e decay / Smax).
 */
export class WallSet {
  /** Observations left out so far because they were not finite. */
  badObservations = 0;
  readonly #params: WallParams;
  #nextId = 1;
  #tick = NaN;
  #spot = NaN;
  #walls: Kept[] = [];
  #events: WallEvent[] = [];

  /** @param params What differs from {@link BOOK_WALLS}. */
  constructor(params: Partial<WallParams> = {}) {
    this.#params = { ...BOOK_WALLS, ...params };
  }

  /** The walls by rising centre; not changed by later updates. */
  get walls(): readonly Wall[] {
    return this.#walls.map((wall) => ({ ...wall }));
  }

  /**
   * Takes the observations of a tick. Evidence and widths are those of the detector or of strikes.
   *
   * @param tick Present tick; ticks rise.
   * @param spot Price, ticks.
   * @returns The walls by rising centre, and what happened to them, by id and type.
   */
  update(
    tick: number,
    spot: number,
    observations: readonly WallObservation[],
  ): { readonly walls: readonly Wall[]; readonly events: readonly WallEvent[] } {
    const before = new Map(this.#walls.map(({ id, S }) => [id, S]));
    this.#events = [];
    this.#fade(tick, spot);
    this.#observe(tick, observations);
    this.#merge();
    this.#remove(tick);
    this.#tell(before);
    this.#tick = tick;
    this.#spot = spot;
    return { walls: this.walls, events: this.#events };
  }

  /** Decay with time, and erosion over the path of the price. */
  #fade(tick: number, spot: number): void {
    if (Number.isNaN(this.#tick)) return;
    const { decay, kc } = this.#params;
    const left = pow(decay, tick - this.#tick);
    const [low, high] = [Math.min(this.#spot, spot), Math.max(this.#spot, spot)];
    for (const wall of this.#walls) {
      const { center, sigma } = wall;
      const overlap = Math.min(high, center + sigma) - Math.max(low, center - sigma);
      wall.S *= left;
      if (overlap > 0) wall.S *= exp(-kc * overlap / (2 * sigma));
    }
  }

  #observe(tick: number, observations: readonly WallObservation[]): void {
    const sorted = observations.filter(isFinite).sort((a, b) => a.center - b.center);
    this.badObservations += observations.length - sorted.length;
    const matched = this.#match(sorted);
    const { eta, Smax, eBirth } = this.#params;
    sorted.forEach((seen, i) => {
      const wall = matched.get(i);
      const gain = eta * seen.e * (1 + Math.max(0, seen.r));
      if (wall !== undefined) this.#follow(wall, seen, gain, tick);
      else if (seen.e >= eBirth) {
        const { center, sigma } = seen;
        const S = Math.min(Smax, gain);
        this.#walls.push({ id: this.#nextId++, center, sigma, S, born: tick, seen: tick });
      }
    });
  }

  /** Pairs observations with walls one to one, the closest first. @returns Walls by observation. */
  #match(observations: readonly WallObservation[]): ReadonlyMap<number, Kept> {
    const pairs = observations.flatMap(({ center, sigma }, index) =>
      this.#walls.map((wall) => ({ index, wall, distance: Math.abs(center - wall.center) }))
        .filter(({ wall, distance }) => distance <= Math.max(sigma, wall.sigma))
    );
    pairs.sort((a, b) => a.distance - b.distance || a.wall.id - b.wall.id || a.index - b.index);
    const matched = new Map<number, Kept>();
    const taken = new Set<Kept>();
    for (const { index, wall } of pairs) {
      if (matched.has(index) || taken.has(wall)) continue;
      matched.set(index, wall);
      taken.add(wall);
    }
    return matched;
  }

  #follow(wall: Kept, seen: WallObservation, gain: number, tick: number): void {
    const { Smax, ep, blend } = this.#params;
    wall.S += gain * (1 - wall.S / Smax);
    wall.S *= 1 - ep * Math.max(0, -seen.r);
    wall.center += blend * (seen.center - wall.center);
    wall.sigma += blend * (seen.sigma - wall.sigma);
    wall.seen = tick;
  }

  /** Merges neighbours that are too close, the lowest pair first, until none are left. */
  #merge(): void {
    const walls = this.#walls;
    const { mergeK } = this.#params;
    for (;;) {
      walls.sort((a, b) => a.center - b.center || a.id - b.id);
      const at = walls.findIndex((wall, i) => {
        const next = walls[i + 1];
        return next !== undefined && next.center - wall.center < mergeK * (wall.sigma + next.sigma);
      });
      const [first, second] = [walls[at], walls[at + 1]];
      if (first === undefined || second === undefined) return;
      walls.splice(at, 2, this.#merged(first, second));
    }
  }

  /** One wall with the strength of both and the mean and variance of their mixture. */
  #merged(a: Kept, b: Kept): Kept {
    const { Smax, sigMin, sigMax } = this.#params;
    const total = a.S + b.S;
    const shareA = total > 0 ? a.S / total : 0.5;
    const center = shareA * a.center + (1 - shareA) * b.center;
    const spread = ({ sigma, center: own }: Kept) => sigma * sigma + (own - center) ** 2;
    const sigma = Math.sqrt(shareA * spread(a) + (1 - shareA) * spread(b));
    const [id, other] = [Math.min(a.id, b.id), Math.max(a.id, b.id)];
    this.#events.push({ type: "merge", id, other });
    return {
      id,
      center,
      sigma: Math.min(Math.max(sigma, sigMin), sigMax),
      S: Math.min(Smax, total),
      born: Math.min(a.born, b.born),
      seen: Math.max(a.seen, b.seen),
    };
  }

  /** Expires what is weak or old, then evicts the weakest beyond the cap. */
  #remove(tick: number): void {
    const { sigMin, sigMax, Smin, maxAge, cap } = this.#params;
    this.#walls = this.#walls.filter((wall) => {
      wall.sigma = Math.min(Math.max(wall.sigma, sigMin), sigMax);
      const stays = wall.S >= Smin && tick - wall.seen <= maxAge;
      if (!stays) this.#events.push({ type: "expire", id: wall.id });
      return stays;
    });
    const weakest = this.#walls.toSorted((a, b) => a.S - b.S || b.id - a.id);
    const evicted = new Set(weakest.slice(0, Math.max(0, this.#walls.length - cap)));
    for (const { id } of evicted) this.#events.push({ type: "evict", id });
    this.#walls = this.#walls.filter((wall) => !evicted.has(wall));
  }

  /** Adds births and changes of the walls that stand, and sorts all events. */
  #tell(before: ReadonlyMap<number, number>): void {
    const { event, Smax } = this.#params;
    for (const { id, S } of this.#walls) {
      const was = before.get(id);
      if (was === undefined) this.#events.push({ type: "birth", id });
      else if (Math.abs(S - was) > event * Smax) {
        this.#events.push({ type: S > was ? "thicken" : "erode", id });
      }
    }
    this.#events.sort((a, b) => a.id - b.id || (a.type < b.type ? -1 : a.type > b.type ? 1 : 0));
  }

  /** Whole state. */
  save(): WallSetState {
    return { nextId: this.#nextId, tick: this.#tick, spot: this.#spot, walls: this.walls };
  }

  /** Goes on from a state of a set with the same parameters. */
  restore({ nextId, tick, spot, walls }: WallSetState): void {
    this.#nextId = nextId;
    this.#tick = tick;
    this.#spot = spot;
    this.#walls = walls.map((wall) => ({ ...wall }));
  }
}
