import { type Signal, signal } from "@preact/signals";
import { DEFAULT_PARAMETERS, type SignalParameters } from "../../../engine/signals/mod.ts";
import type { FeedState } from "../../../modules/feed/contract.ts";
import type { PaletteName } from "../canvas/mod.ts";
import type { AheadView } from "./heatmap.ts";
import type { Quantity } from "./quantity_info.ts";
import type { LinkState } from "../socket/mod.ts";
import type { StreamConfig } from "./wire.ts";

/** The panes of the narrow layout; on the wide one all but the first share the side pane. */
const TABS = ["heatmap", "signals", "experiment", "table", "prints"] as const;
export type Tab = (typeof TABS)[number];

/** A message that stays until it is closed or replaced. */
export interface HeatmapNotice {
  readonly text: string;
  readonly field: string | null;
}

/** View state of the driver. Data stays in typed arrays; signals carry scalars and versions. */
export interface HeatmapState {
  readonly link: Signal<LinkState>;
  readonly feed: Signal<FeedState | null>;
  readonly config: Signal<StreamConfig | null>;
  /** Counts up three to four times a second while anything that text shows may have changed. */
  readonly beat: Signal<number>;
  /** Bins the server skipped for this page, and frames that broke the contract. */
  readonly dropped: Signal<number>;
  readonly rejected: Signal<number>;
  readonly notice: Signal<HeatmapNotice | null>;
  /** That somebody chose another feed for everybody, until it is closed. */
  readonly news: Signal<string | null>;
  readonly quantity: Signal<Quantity>;
  readonly palette: Signal<PaletteName>;
  readonly clip: Signal<number>;
  /** What the signals are computed with; the very object of the defaults while nothing is changed. */
  readonly parameters: Signal<SignalParameters>;
  /** Whether trades are drawn, and the least contracts of a cell that is. */
  readonly showTrades: Signal<boolean>;
  readonly minTradeQty: Signal<number>;
  /** What is drawn ahead of now. */
  readonly ahead: Signal<AheadView>;
  readonly followSpot: Signal<boolean>;
  /** How far the view lies behind the newest column, in ms; 0 when it follows. */
  readonly behindMs: Signal<number>;
  readonly tab: Signal<Tab>;
  readonly helpOpen: Signal<boolean>;
  readonly feedOpen: Signal<boolean>;
  /** What was said last to those who hear the screen: the cell a key moved the crosshair to. */
  readonly spoken: Signal<string>;
  /** A command that is on its way to the server. */
  readonly pending: Signal<string | null>;
}

/** Returns fresh view state, with the feed that the server rendered, if any. */
export function createState(feed: FeedState | null): HeatmapState {
  return {
    link: signal<LinkState>({ kind: "connecting", attempt: 1 }),
    feed: signal(feed),
    config: signal<StreamConfig | null>(null),
    beat: signal(0),
    dropped: signal(0),
    rejected: signal(0),
    notice: signal<HeatmapNotice | null>(null),
    news: signal<string | null>(null),
    quantity: signal<Quantity>("net"),
    palette: signal<PaletteName>("tide"),
    clip: signal(1),
    parameters: signal<SignalParameters>(DEFAULT_PARAMETERS),
    showTrades: signal(true),
    minTradeQty: signal(1),
    ahead: signal<AheadView>("cone"),
    followSpot: signal(true),
    behindMs: signal(0),
    tab: signal<Tab>("heatmap"),
    helpOpen: signal(false),
    feedOpen: signal(false),
    spoken: signal(""),
    pending: signal<string | null>(null),
  };
}
