import { type Chord, CHORDS } from "../pane/mod.ts";
import type { OptionalSurface } from "./surface_window.ts";

/** What can be drawn of a window, the lowest first. */
export const LAYERS = [
  "physics",
  "walls",
  "radar",
  "vacuum",
  "velocity",
  "gamma",
  "options",
] as const;
export type Layer = (typeof LAYERS)[number];

/** Surfaces that a layer needs of the past besides those that every window has. */
export const LAYER_NEEDS: Readonly<Partial<Record<Layer, OptionalSurface>>> = {
  physics: "physics",
  walls: "wall",
  radar: "bucket_radar",
  vacuum: "vacuum",
};

/** A layer in words. */
export interface LayerInfo {
  readonly label: string;
  /** What its colours mean: a design token, and the value that has it. */
  readonly inks: readonly (readonly [token: string, means: string])[];
  readonly unit: string;
  /** What it is, and from which value on it is drawn. */
  readonly title: string;
  readonly chord: Chord;
}

/** Every layer in words. */
export const LAYER_INFO: Readonly<Record<Layer, LayerInfo>> = {
  velocity: {
    label: "Velocity",
    inks: [["surface-build", "+ builds"], ["surface-erode", "− erodes"]],
    unit: "of depth/s",
    title:
      "Liquidity velocity of the future at every tick: added less pulled and filled, over depth",
    chord: CHORDS.layerVelocity,
  },
  options: {
    label: "Options",
    inks: [["surface-option-build", "+ builds"], ["surface-option-erode", "− erodes"]],
    unit: "sum of 4 of depth/s",
    title:
      "Liquidity velocity of the options by strike, both rights and sides; above the strike's " +
      "line where it is above the spot, below where it is below",
    chord: CHORDS.layerOptions,
  },
  gamma: {
    label: "Gamma",
    inks: [["surface-calls", "dealers long"], ["surface-puts", "dealers short"]],
    unit: "USD/pt²",
    title: "Gamma exposure by strike, against the largest of the last minutes",
    chord: CHORDS.layerGamma,
  },
  walls: {
    label: "Walls",
    inks: [["surface-ask-wall", "asks"], ["surface-bid-wall", "bids"]],
    unit: "contracts, log",
    title: "Depth that rests for half a second or longer",
    chord: CHORDS.layerWalls,
  },
  vacuum: {
    label: "Vacuum",
    inks: [["surface-vacuum", "darker: withdraws"]],
    unit: "0 to 1",
    title: "How much liquidity withdraws; darkens what lies below, from 0.1 on",
    chord: CHORDS.layerVacuum,
  },
  physics: {
    label: "Ease",
    inks: [["surface-up", "+ up"], ["surface-down", "− down"]],
    unit: "−1 to 1",
    title: "Ease of movement through a tick, from 0.05 on",
    chord: CHORDS.layerPhysics,
  },
  radar: {
    label: "Radar",
    inks: [
      ["surface-blocked", "blocked"],
      ["surface-cavitation", "cavitation"],
      ["surface-stiff", "gamma"],
    ],
    unit: "0 to 1",
    title: "Obstacles around the spot in buckets of two ticks",
    chord: CHORDS.layerRadar,
  },
};

/** The order of the switches: what is drawn from the beginning comes first. */
export const LAYER_ORDER: readonly Layer[] = [
  "velocity",
  "options",
  "gamma",
  "walls",
  "vacuum",
  "physics",
  "radar",
];
/** Layers of the first visit. */
export const FIRST_LAYERS: readonly Layer[] = ["velocity", "options", "gamma"];
