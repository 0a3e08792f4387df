import type { LabConfig } from "../config.ts";
import type { FieldName } from "../fields/mod.ts";
import type { WallObservation } from "../walls/mod.ts";
import type { FeedFrame } from "./feed_frame.ts";
import type { LabGrid } from "./lattice.ts";
import type { Reference } from "./trailing_reference.ts";

/** Sets of walls, each with constants of its own. */
export type WallKind = "book" | "gex";

/** What every producer says of itself. */
export interface About {
  readonly id: string;
  /** Changes with the formula. */
  readonly version: number;
  /** Channels that it reads; it counts as old as the oldest. */
  readonly inputs: readonly string[];
  /** What it measures values by, in the order that `argsOf` gets them. */
  readonly references?: readonly Reference[];
}

/** Values behind the references of a producer, in their order. */
export type Known = readonly number[];

/** Says what a feed adds to one field of the medium: a pure function of the frame and the references. */
export interface FieldProducer<Args> extends About {
  readonly target: FieldName;
  /** Arguments of the formula in a frame; null when there are none. */
  readonly argsOf: (feed: FeedFrame, known: Known) => Args | null;
  /** The formula. @param out Shape [2N + 1], every cell is written, in the unit of the field. */
  readonly write: (args: Args, grid: LabGrid, out: Float64Array) => void;
}

/** Says where a feed sees walls. */
export interface WallProducer<Args> extends About {
  readonly target: "W";
  readonly walls: WallKind;
  readonly argsOf: (feed: FeedFrame, known: Known) => Args | null;
  /** The formula; walls by rising centre. */
  readonly observe: (args: Args, grid: LabGrid) => readonly WallObservation[];
}

/** Says how far prices diffuse. */
export interface DiffusionProducer<Args> extends About {
  readonly target: "D";
  /** The formula, ticks^2/s. */
  readonly diffusion: (args: Args, cfg: Pick<LabConfig, "dt">) => number;
}

/** A producer whose arguments are its own affair: what runs it hands over frames only. */
export type Running =
  | (About & {
    readonly target: FieldName;
    /** Writes a frame's values; false when the frame has none. */
    readonly run: (feed: FeedFrame, known: Known, grid: LabGrid, out: Float64Array) => boolean;
  })
  | (About & {
    readonly target: "W";
    readonly walls: WallKind;
    readonly run: (feed: FeedFrame, known: Known, grid: LabGrid) => readonly WallObservation[];
  })
  | (About & { readonly target: "D" });

/** Makes a producer of a field ready to run on frames. */
export function fieldProducer<Args>(of: FieldProducer<Args>): FieldProducer<Args> & Running {
  return {
    ...of,
    run: (feed, known, grid, out) => {
      const args = of.argsOf(feed, known);
      if (args !== null) of.write(args, grid, out);
      return args !== null;
    },
  };
}

/** Makes a producer of walls ready to run on frames. */
export function wallProducer<Args>(of: WallProducer<Args>): WallProducer<Args> & Running {
  return {
    ...of,
    run: (feed, known, grid) => {
      const args = of.argsOf(feed, known);
      return args === null ? [] : of.observe(args, grid);
    },
  };
}
