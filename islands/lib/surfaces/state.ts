import { type Signal, signal } from "@preact/signals";
import type { LinkState } from "../socket/mod.ts";
import type { FeedWord } from "./feed_word.ts";
import { FIRST_LAYERS, type Layer } from "./layers.ts";
import type { Assumption } from "./surface_store.ts";
import type { StreamStatus } from "./surface_wire.ts";

/** Panes of the narrow layout; on the wide one they stand side by side. */
export type SurfaceTab = "surfaces" | "gamma";

/** What the page shows besides its data, which stays in typed arrays. */
export interface SurfaceState {
  readonly link: Signal<LinkState>;
  readonly feed: Signal<FeedWord | null>;
  readonly status: Signal<StreamStatus | null>;
  /** Counts up three to four times a second while anything that text shows may have changed. */
  readonly beat: Signal<number>;
  /** Messages that broke the contract. */
  readonly rejected: Signal<number>;
  /** A message that stays until it is closed. */
  readonly notice: Signal<string | null>;
  /** That somebody chose another feed for everybody, until it is closed. */
  readonly news: Signal<string | null>;
  readonly layers: Signal<ReadonlySet<Layer>>;
  readonly assumption: Signal<Assumption>;
  /** Spot that is supposed, points; null: the one that is. */
  readonly supposedPoints: Signal<number | null>;
  readonly followSpot: Signal<boolean>;
  /** How far the view lies behind the newest column, ms; 0 when it follows. */
  readonly behindMs: Signal<number>;
  /** Second that was chosen, epoch s. */
  readonly pinned: Signal<number | null>;
  readonly tab: Signal<SurfaceTab>;
  readonly helpOpen: Signal<boolean>;
  /** What was said last to those who hear the screen. */
  readonly spoken: Signal<string>;
}

/** Returns fresh state, with the feed that the server rendered, if any. */
export function createState(feed: FeedWord | null): SurfaceState {
  return {
    link: signal<LinkState>({ kind: "connecting", attempt: 1 }),
    feed: signal(feed),
    status: signal<StreamStatus | null>(null),
    beat: signal(0),
    rejected: signal(0),
    notice: signal<string | null>(null),
    news: signal<string | null>(null),
    layers: signal<ReadonlySet<Layer>>(new Set(FIRST_LAYERS)),
    assumption: signal<Assumption>("naive"),
    supposedPoints: signal<number | null>(null),
    followSpot: signal(true),
    behindMs: signal(0),
    pinned: signal<number | null>(null),
    tab: signal<SurfaceTab>("surfaces"),
    helpOpen: signal(false),
    spoken: signal(""),
  };
}
