import type { LabConfig } from "../config.ts";
import type { Composer, FieldName } from "../fields/mod.ts";
import type { SlidingQuantilesState } from "../../stats/mod.ts";
import type { WallObservation } from "../walls/mod.ts";
import { ageOf, type FeedFrame } from "./feed_frame.ts";
import { freshness } from "./freshness.ts";
import type { Chosen } from "./presets.ts";
import type { Running, WallKind } from "./producer.ts";
import { PRODUCERS } from "./registry.ts";
import { type Reference, TrailingReference } from "./trailing_reference.ts";

/** Share of bad cells in a tick above which a producer is silenced. */
const MOST_BAD = 0.05;
/** Ticks that it is silenced for. */
const SILENCE_TICKS = 20;

/** State of a {@link ProducerSet}. */
export interface ProducerSetState {
  readonly references: readonly SlidingQuantilesState[];
  readonly silent: readonly number[];
}

/** One producer at work. */
interface Working {
  readonly producer: Running;
  readonly gain: number;
  readonly references: readonly TrailingReference[];
  /** Values by node, used again. */
  readonly data: Float64Array;
}

/**
 * The producers of a preset at work: adds what the feeds of a tick say to a medium and gathers the walls
 * that they see. What a feed says fades as it ages; a producer with too many values that are not finite
 * is silenced for a while.
 */
export class ProducerSet {
  /** Walls seen in the last frame, by kind. */
  readonly observations: Readonly<Record<WallKind, WallObservation[]>> = { book: [], gex: [] };
  /** Producers whose feed was too old at the last frame, by name. */
  readonly stale: string[] = [];
  /** Producers whose feed was fresh, but that had too few ticks to measure it by. */
  readonly warming: string[] = [];
  /** Producers that are silenced. */
  readonly silenced: string[] = [];
  readonly #grid: Pick<LabConfig, "N" | "dx">;
  readonly #working: readonly Working[];
  readonly #references: readonly TrailingReference[];
  /** Ticks of silence left, one per producer. */
  readonly #silent: number[];

  constructor(grid: Pick<LabConfig, "N" | "dx">, preset: readonly Chosen[]) {
    const references = new Map<string, TrailingReference>();
    const referenceOf = (of: Reference): TrailingReference => {
      const key = `${of.profile}|${of.of}|${of.share}`;
      const found = references.get(key) ?? new TrailingReference(of);
      references.set(key, found);
      return found;
    };
    this.#grid = grid;
    this.#working = preset.map(({ id, gain }) => {
      const producer: Running = PRODUCERS[id];
      const data = new Float64Array(2 * grid.N + 1);
      return { producer, gain, data, references: (producer.references ?? []).map(referenceOf) };
    });
    this.#references = [...references.values()];
    this.#silent = preset.map(() => 0);
  }

  /**
   * Takes the frame of a present tick: empties the medium, adds all fields in the order of the preset, and
   * gathers the walls. Wall sets, and the bounds, are the caller's to add.
   */
  take(feed: FeedFrame, composer: Composer): void {
    for (const list of [this.stale, this.warming, this.silenced]) list.length = 0;
    this.observations.book.length = this.observations.gex.length = 0;
    composer.begin();
    this.#working.forEach((working, i) => this.#run(working, i, feed, composer));
    for (const reference of this.#references) {
      const profile = feed.profiles[reference.reference.profile];
      if (profile !== undefined && freshness(profile.ageS) > 0) reference.take(profile.v);
    }
  }

  #run(
    { producer, gain, references, data }: Working,
    i: number,
    feed: FeedFrame,
    composer: Composer,
  ) {
    if (producer.target === "D") return;
    const weight = gain * freshness(oldest(feed, producer.inputs));
    if (this.#silent[i]! > 0) {
      this.#silent[i]!--;
      this.silenced.push(producer.id);
    } else if (weight === 0) this.stale.push(producer.id);
    else {
      const known = references.flatMap(({ value }) => value ?? []);
      if (known.length < references.length) this.warming.push(producer.id);
      else if (producer.target === "W") {
        const seen = producer.run(feed, known, this.#grid);
        this.#gather(producer.walls, seen, weight);
      } else if (producer.run(feed, known, this.#grid, data)) {
        this.#add(producer.target, i, weight, data, composer);
      }
    }
  }

  #gather(kind: WallKind, seen: readonly WallObservation[], weight: number): void {
    for (const wall of seen) {
      const e = Math.min(1, wall.e * weight);
      if (Object.values(wall).every(Number.isFinite)) this.observations[kind].push({ ...wall, e });
    }
  }

  #add(target: FieldName, i: number, gain: number, data: Float64Array, composer: Composer): void {
    const bad = composer.add({ target, gain, data });
    if (bad > MOST_BAD * data.length) this.#silent[i] = SILENCE_TICKS;
  }

  /** Copy of the whole state. */
  save(): ProducerSetState {
    return {
      references: this.#references.map((reference) => reference.save()),
      silent: [...this.#silent],
    };
  }

  /** Goes on from a state of a set of the same producers. */
  restore(state: ProducerSetState): void {
    this.#references.forEach((reference, i) => reference.restore(state.references[i]!));
    this.#silent.splice(0, Infinity, ...state.silent);
  }
}

/** Age of the oldest of some channels, s; 0 of none. */
function oldest(feed: FeedFrame, channels: readonly string[]): number {
  let ageS = 0;
  for (const channel of channels) ageS = Math.max(ageS, ageOf(feed, channel));
  return ageS;
}
