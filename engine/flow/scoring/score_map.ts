/** What is known of events whose score lies from here to the next step. */
export interface MapStep {
  /** Least score, 0…1. */
  readonly from: number;
  /** Share of them whose named profile was right, 0…1. */
  readonly probability: number;
  /** Named events that this was learned from. */
  readonly events: number;
}

/** Named events of neighbouring scores that the map was not learned from. */
export interface MeasuredBin {
  /** Least score, 0…1. */
  readonly from: number;
  readonly events: number;
  /** Share of them that was right, 0…1. */
  readonly right: number;
  /** Mean of what the map said of them, 0…1. */
  readonly said: number;
}

/** Which sessions of the embedded market something was seen in. */
export interface MapSample {
  readonly firstSeed: number;
  readonly seeds: number;
  readonly sessions: number;
  readonly events: number;
}

/**
 * How often the named profile of an event is right, by its score, and how that held where it was not learned.
 * Probabilities ascend with the score.
 */
export interface ScoreMap {
  /** Day on which it was made, `YYYY-MM-DD`. */
  readonly date: string;
  readonly presets: readonly string[];
  readonly learned: MapSample;
  /** Ascending; at least one. */
  readonly steps: readonly MapStep[];
  readonly measured: MapSample & {
    /** Mean distance, over the bins' events, of what was said from what was right. */
    readonly error: number;
    /** Ascending tenths of the score that had events. */
    readonly bins: readonly MeasuredBin[];
  };
}

/** The step of a map that a score lies on; below the first one it is the first. */
export function stepOf({ steps }: Pick<ScoreMap, "steps">, score: number): MapStep {
  const step = steps.findLast(({ from }) => from <= score) ?? steps[0];
  if (step === undefined) throw new RangeError("Cannot look a score up in a map without steps");
  return step;
}
