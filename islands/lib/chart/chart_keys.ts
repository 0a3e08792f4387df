import type { KeyBinding } from "../canvas/mod.ts";
import { CHORDS } from "../pane/mod.ts";
import type { ChartController } from "./chart_controller.ts";

const PAN_BARS = 10;

/** What the keys do while a chart has the focus; `open` shows the evidence of the mark in sight. */
export const CHART_KEYS: readonly KeyBinding<readonly [ChartController, open: () => void]>[] = [
  { ...CHORDS.left, run: (chart) => chart.step(-1) },
  { ...CHORDS.right, run: (chart) => chart.step(1) },
  { ...CHORDS.panLeft, run: (chart) => chart.pan(PAN_BARS) },
  { ...CHORDS.panRight, run: (chart) => chart.pan(-PAN_BARS) },
  { ...CHORDS.zoomIn, run: (chart) => chart.zoom(1.25) },
  { ...CHORDS.zoomOut, run: (chart) => chart.zoom(0.8) },
  { ...CHORDS.end, run: (chart) => chart.pan(-Infinity) },
  { ...CHORDS.open, run: (_, open) => open() },
];
