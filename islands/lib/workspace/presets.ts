import { type LayoutNode, pane, split } from "./layout.ts";

/** A layout that comes with the product. */
export interface LayoutPreset {
  readonly id: string;
  readonly title: string;
  readonly layout: LayoutNode;
}

/** Events that name a profile; those that abstained come with one click on the filter. */
const named = () => pane("smart", "smart", "smart=1");

const flowDesk: LayoutNode = split("row", [17, 51, 32], [
  pane("rail"),
  split("col", [56, 44], [
    pane("options"),
    split("row", [56, 44], [pane("chart"), pane("heatmap")]),
  ]),
  split("col", [42, 34, 24], [named(), pane("alerts"), pane("dark")]),
]);

const chartDesk: LayoutNode = split("row", [62, 38], [
  split("col", [62, 38], [pane("chart"), pane("heatmap")]),
  split("col", [40, 30, 30], [pane("options"), named(), pane("equities")]),
]);

const tapeDesk: LayoutNode = split("row", [50, 50], [
  split("col", [60, 40], [pane("options"), pane("packets")]),
  split("col", [40, 30, 30], [pane("equities"), named(), pane("dark")]),
]);

const chainDesk: LayoutNode = split("row", [64, 36], [
  pane("chain"),
  split("col", [36, 32, 32], [pane("chart"), pane("options"), named()]),
]);

/** The layouts that come with the product; the first is the default. */
export const LAYOUT_PRESETS: readonly LayoutPreset[] = [
  { id: "flow", title: "Flow desk", layout: flowDesk },
  { id: "chart", title: "Chart desk", layout: chartDesk },
  { id: "chain", title: "Chain desk", layout: chainDesk },
  { id: "tape", title: "Tape desk", layout: tapeDesk },
  { id: "heatmap", title: "Heatmap", layout: pane("heatmap") },
];

/** The layout that a page starts with when nothing was saved and no link names another. */
export const FIRST_LAYOUT: LayoutNode = flowDesk;
