import type { KeyBinding } from "../canvas/mod.ts";
import { CHORDS } from "../pane/mod.ts";
import type { ChartController } from "./chart_controller.ts";

const PAN_BARS = 10;

/** What keys ask of the pane around a chart. */
export interface ChartActs {
  /** Shows the evidence of the mark in sight. */
  readonly open: () => void;
  /** Gives the browser the picture to save. */
  readonly save: () => void;
}

/** What the keys do while a chart has the focus. */
export const CHART_KEYS: readonly KeyBinding<readonly [ChartController, ChartActs]>[] = [
  { ...CHORDS.left, run: (chart) => chart.step(-1) },
  { ...CHORDS.right, run: (chart) => chart.step(1) },
  { ...CHORDS.panLeft, run: (chart) => chart.pan(PAN_BARS) },
  { ...CHORDS.panRight, run: (chart) => chart.pan(-PAN_BARS) },
  { ...CHORDS.zoomIn, run: (chart) => chart.zoom(1.25) },
  { ...CHORDS.zoomOut, run: (chart) => chart.zoom(0.8) },
  { ...CHORDS.end, run: (chart) => chart.pan(-Infinity) },
  { ...CHORDS.open, run: (_, acts) => acts.open() },
  { ...CHORDS.picture, run: (_, acts) => acts.save() },
];
