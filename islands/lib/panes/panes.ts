import { ChainPane } from "../chain/mod.ts";
import { ChartPane } from "../chart/mod.ts";
import { AlertsPane, type AlertsPaneDesk } from "./AlertsPane.tsx";
import { HeatmapDesk } from "./HeatmapDesk.tsx";
import { PrintsDesk } from "./PrintsDesk.tsx";
import { SurfacesDesk } from "./SurfacesDesk.tsx";
import { TickerRail } from "./TickerRail.tsx";
import { DarkPane, EquitiesPane, OptionsPane, PacketsPane, SmartPane } from "./tapes.tsx";
import type { PaneKind } from "../pane/mod.ts";

/** Every kind of pane, in the order of menus and tabs. */
export const PANES: readonly PaneKind<AlertsPaneDesk>[] = [
  {
    id: "options",
    title: "Options tape",
    short: "Options",
    key: "o",
    hasTab: true,
    component: OptionsPane,
  },
  {
    id: "smart",
    title: "Smart money",
    short: "Smart",
    key: "s",
    hasTab: true,
    component: SmartPane,
  },
  { id: "alerts", title: "Alerts", short: "Alerts", key: "a", hasTab: true, component: AlertsPane },
  {
    id: "equities",
    title: "Equities tape",
    short: "Equities",
    key: "e",
    hasTab: true,
    component: EquitiesPane,
  },
  {
    id: "packets",
    title: "Flow packets",
    short: "Packets",
    key: "k",
    hasTab: false,
    component: PacketsPane,
  },
  {
    id: "dark",
    title: "Inferred off-exchange",
    short: "Off-exch.",
    key: "i",
    hasTab: false,
    component: DarkPane,
  },
  {
    id: "rail",
    title: "Tickers",
    short: "Tickers",
    key: "r",
    hasTab: false,
    component: TickerRail,
  },
  { id: "chart", title: "Chart", short: "Chart", key: "c", hasTab: true, component: ChartPane },
  {
    id: "chain",
    title: "Option chain",
    short: "Chain",
    key: "n",
    hasTab: false,
    component: ChainPane,
  },
  {
    id: "heatmap",
    title: "Depth heatmap",
    short: "Heatmap",
    key: "h",
    hasTab: true,
    component: HeatmapDesk,
  },
  {
    id: "surfaces",
    title: "Surfaces",
    short: "Surfaces",
    key: "6",
    hasTab: false,
    component: SurfacesDesk,
  },
  {
    id: "prints",
    title: "Time and sales",
    short: "Prints",
    key: "d",
    hasTab: false,
    component: PrintsDesk,
  },
];
