import type { KeyBinding } from "../canvas/mod.ts";
import type { ChartController } from "./chart_controller.ts";

const PAN_BARS = 10;

/** What the keys do while a chart has the focus; `open` shows the evidence of the mark in sight. */
export const CHART_KEYS: readonly KeyBinding<readonly [ChartController, open: () => void]>[] = [
  { keys: ["ArrowLeft"], label: "One bar back", run: (chart) => chart.step(-1) },
  { keys: ["ArrowRight"], label: "One bar on", run: (chart) => chart.step(1) },
  { keys: ["Shift+ArrowLeft"], label: "Pan back", run: (chart) => chart.pan(PAN_BARS) },
  { keys: ["Shift+ArrowRight"], label: "Pan on", run: (chart) => chart.pan(-PAN_BARS) },
  { keys: ["+", "="], label: "Zoom in", run: (chart) => chart.zoom(1.25) },
  { keys: ["-"], label: "Zoom out", run: (chart) => chart.zoom(0.8) },
  { keys: ["End"], label: "Newest bar", run: (chart) => chart.pan(-Infinity) },
  { keys: ["Enter"], label: "Open the event", run: (_, open) => open() },
];
