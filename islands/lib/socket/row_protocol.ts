import type { ChannelHealthMap, LiveCursor, TapeMaking } from "../../../modules/tape/contract.ts";
import type { LinkState } from "./link_state.ts";
import type { LostSpan, Wire } from "./row_wire.ts";

/** One channel of the live socket, narrowed. The same name must always stand for the same channel. */
export interface ChannelQuery {
  /** Names the rows that come; 1 to 64 characters. */
  readonly key: string;
  /** The subscription as the socket takes it, without its id and without where it begins. */
  readonly wire: Wire;
  /** Rows of the first snapshot. */
  readonly snapshot: number;
  /** Whether records become rows of a tape on their way; they come as they are otherwise. */
  readonly isProjected: boolean;
}

/** A query that the page has, and how often it asked for its snapshot. */
export interface WantedChannel {
  readonly query: ChannelQuery;
  readonly asked: number;
}

/** Clock of a replay as the socket tells it. `ts` and the ends in epoch ms of the tape. */
export interface ReplayReading {
  readonly ts: number;
  readonly startTs: number;
  readonly endTs: number;
  readonly speed: number;
  readonly phase: string;
}

/** What came of one channel. Rows are oldest first. */
export type LinkItem<R = unknown> =
  | {
    readonly kind: "snapshot";
    readonly key: string;
    readonly rows: readonly R[];
    /** Where rows older than the snapshot begin; null when there are none. */
    readonly nextBefore: LiveCursor | null;
    /** Stretches that it passed over as the rows are damaged in the store. */
    readonly lost?: readonly LostSpan[];
  }
  | { readonly kind: "rows"; readonly key: string; readonly rows: readonly R[] }
  | {
    readonly kind: "gap";
    readonly key: string;
    /** Rows that were left out; null when they were not counted. */
    readonly dropped: number | null;
    readonly after: LiveCursor | null;
    /** The rows are damaged in the store between these times: nothing can fetch them. */
    readonly lost?: readonly LostSpan[];
  };

/** Socket to page. */
export type FromLink =
  | { readonly type: "items"; readonly items: readonly LinkItem[] }
  | { readonly type: "state"; readonly state: LinkState }
  | {
    readonly type: "health";
    /** Clock of the server and of the page when the message came, epoch ms. */
    readonly serverTs: number;
    readonly atMs: number;
    readonly channels: ChannelHealthMap;
    readonly making: TapeMaking | null;
  }
  | { readonly type: "clock"; readonly reading: ReplayReading; readonly atMs: number }
  | { readonly type: "refused"; readonly message: string };

/** Page to socket. */
export type ToLink =
  | { readonly type: "open"; readonly url: string }
  /** Every channel wanted from now on. */
  | { readonly type: "want"; readonly channels: readonly WantedChannel[] }
  | { readonly type: "retry" }
  | { readonly type: "close" };
