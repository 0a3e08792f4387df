import { z } from "zod";
import type { StreamName } from "../../engine/frames/mod.ts";
import { Direction, NbboSide, ProfileId } from "./records.ts";

/** Channels of the live socket, as clients name them. */
export const LIVE_CHANNELS = [
  "options",
  "nbbo",
  "equities",
  "equity-quotes",
  "equity-candles",
  "equity-overlay",
  "equity-joins",
  "inferred-dark",
  "flow",
  "smart-money",
  "classifier-hits",
  "alerts",
] as const;
export type LiveChannel = (typeof LIVE_CHANNELS)[number];

/** What the socket does with a channel. */
export interface ChannelRule {
  readonly stream: StreamName;
  /** Rows of the first snapshot when the client names no number. */
  readonly snapshot: number;
  /** Hot channels lose their oldest rows to a slow reader; the others never lose one. */
  readonly hot: boolean;
  /** Age of the newest row from which the channel counts as stale, ms; null: rows come when they come. */
  readonly staleAfterMs: number | null;
}

/** The rule of each channel. */
export const CHANNEL_RULES: Readonly<Record<LiveChannel, ChannelRule>> = {
  options: { stream: "options", snapshot: 100, hot: true, staleAfterMs: 15_000 },
  nbbo: { stream: "nbbo", snapshot: 1_000, hot: true, staleAfterMs: 15_000 },
  equities: { stream: "equities", snapshot: 1_000, hot: true, staleAfterMs: 15_000 },
  "equity-quotes": { stream: "equity-quotes", snapshot: 500, hot: true, staleAfterMs: 15_000 },
  "equity-candles": { stream: "candles", snapshot: 500, hot: false, staleAfterMs: null },
  "equity-overlay": { stream: "equities", snapshot: 1_500, hot: true, staleAfterMs: null },
  "equity-joins": { stream: "equity-joins", snapshot: 500, hot: true, staleAfterMs: 15_000 },
  "inferred-dark": { stream: "inferred-dark", snapshot: 300, hot: false, staleAfterMs: null },
  flow: { stream: "flow", snapshot: 500, hot: true, staleAfterMs: 30_000 },
  "smart-money": { stream: "smart-money", snapshot: 300, hot: false, staleAfterMs: null },
  "classifier-hits": { stream: "classifier-hits", snapshot: 300, hot: false, staleAfterMs: null },
  alerts: { stream: "alerts", snapshot: 300, hot: false, staleAfterMs: null },
};

/** Bounds of a live socket; docs/formats.md says what happens at each. */
export const LIVE_LIMITS = {
  messageBytes: 65_536,
  subscriptions: 64,
  underlyings: 16,
  controlMessages: 60,
  controlWindowMs: 10_000,
  socketsPerClient: 16,
  sockets: 500,
  /** Bytes waiting for a reader from which hot channels lose their oldest rows. */
  outboundBytes: 1_048_576,
  /** Bytes waiting for a reader at which its socket is closed. */
  closeBytes: 4_194_304,
  /** Time without an answer to a ping after which a socket is closed, s. */
  idleSeconds: 60,
  heartbeatMs: 15_000,
  /** Rows sent again at most for one `resume_after`. */
  resumeRows: 5_000,
  snapshotRows: 5_000,
} as const;

const symbol = z.string().regex(/^[A-Za-z0-9._-]{1,64}$/, "must be a symbol of 1 to 64 characters");
const contractId = z.string().regex(
  /^[A-Za-z0-9._:|+-]{1,64}$/,
  "must be a contract id of 1 to 64 characters",
);

/** Position in a stream: the stream's time column, and its sequence number. */
export const LiveCursor = z.strictObject({ ts: z.number().min(0), seq: z.number().min(0) });
export type LiveCursor = z.infer<typeof LiveCursor>;

const venue = z.string().regex(/^[A-Za-z0-9._-]{1,16}$/, "must be 1 to 16 letters and digits");

/** Narrows a channel. Which of them a channel knows is in docs/formats.md; the others are ignored. */
export const LiveFilters = z.strictObject({
  view: z.enum(["signal", "raw"]).optional(),
  security: z.enum(["stock", "etf", "all"]).optional(),
  side: z.array(NbboSide).min(1).max(7).optional(),
  type: z.array(z.enum(["call", "put"])).min(1).max(2).optional(),
  min_notional: z.number().min(0).optional(),
  profile: z.array(ProfileId).min(1).max(6).optional(),
  direction: z.array(Direction).min(1).max(5).optional(),
  min_probability: z.number().min(0).max(1).optional(),
  include_abstained: z.boolean().optional(),
  severity: z.array(z.enum(["high", "medium", "low"])).min(1).max(3).optional(),
  venue: z.array(venue).min(1).max(16).optional(),
  off_exchange: z.boolean().optional(),
});
export type LiveFilters = z.infer<typeof LiveFilters>;

/** What a client asks to be sent. */
export const LiveSubscription = z.strictObject({
  channel: z.enum(LIVE_CHANNELS),
  /** The client's own name for it; sent back with every message of the subscription. */
  id: z.string().min(1).max(64).optional(),
  filters: LiveFilters.optional(),
  underlying_ids: z.array(symbol).max(LIVE_LIMITS.underlyings).optional(),
  underlying_id: symbol.optional(),
  option_contract_id: contractId.optional(),
  interval_ms: z.int().min(1_000).max(86_400_000).optional(),
  /** Rows of the first snapshot; 0: none. */
  snapshot_limit: z.int().min(0).max(LIVE_LIMITS.snapshotRows).optional(),
  /** Goes on after this row instead of a snapshot. */
  resume_after: LiveCursor.optional(),
});
export type LiveSubscription = z.infer<typeof LiveSubscription>;

const subscriptions = z.array(LiveSubscription).min(1).max(LIVE_LIMITS.subscriptions);

/** What clients may send. */
export const LiveRequest = z.discriminatedUnion("op", [
  z.strictObject({ op: z.literal("subscribe"), subscriptions }),
  z.strictObject({ op: z.literal("unsubscribe"), subscriptions }),
  z.strictObject({ op: z.literal("ping") }),
]);
export type LiveRequest = z.infer<typeof LiveRequest>;

/** Freshness of a hot channel. */
export interface ChannelHealth {
  /** Ms since the newest row by the server's clock; null before the first. */
  readonly freshness_age_ms: number | null;
  readonly healthy: boolean;
}
export type ChannelHealthMap = Readonly<Partial<Record<LiveChannel, ChannelHealth>>>;

/** A subscription as the server names it: what was asked, without `resume_after`. */
export type LiveSubscriptionKey = Omit<LiveSubscription, "resume_after">;

/** What the server sends. `Item` is the record of the channel's stream. */
export type LiveMessage<Item = unknown> =
  | { readonly op: "ready"; readonly ts: number; readonly channel_health: ChannelHealthMap }
  | {
    readonly op: "snapshot";
    readonly snapshot: {
      readonly subscription: LiveSubscriptionKey;
      /** Newest first. */
      readonly items: readonly Item[];
      /** Position of the newest item; null when there is none. */
      readonly watermark: LiveCursor | null;
      /** Where older rows go on in the history; null when there are none. */
      readonly next_before: LiveCursor | null;
    };
  }
  | {
    readonly op: "event";
    readonly subscription: LiveSubscriptionKey;
    readonly item: Item;
    readonly watermark: LiveCursor;
  }
  | {
    readonly op: "events";
    readonly subscription: LiveSubscriptionKey;
    /** Oldest first; at least two. */
    readonly items: readonly Item[];
    /** Position of the last item. */
    readonly watermark: LiveCursor;
  }
  | {
    readonly op: "gap";
    readonly channel: LiveChannel;
    readonly subscription: LiveSubscriptionKey;
    /** Rows left out; null when they were not counted. */
    readonly dropped: number | null;
    /** Give it as `resume_after` to get them; null when nothing was sent before them. */
    readonly resume_cursor: LiveCursor | null;
  }
  | { readonly op: "unsubscribed"; readonly subscriptions: readonly LiveSubscriptionKey[] }
  | { readonly op: "heartbeat"; readonly ts: number; readonly channel_health: ChannelHealthMap }
  | { readonly op: "clock"; readonly clock: ReplayClock }
  | {
    readonly op: "error";
    readonly message: string;
    /** The subscription that it is about, when it is about one. */
    readonly subscription?: LiveSubscriptionKey;
  };

/** Clock of a replay session. Times in epoch ms of the tape. */
export interface ReplayClock {
  readonly ts: number;
  readonly start_ts: number;
  readonly end_ts: number;
  readonly speed: number;
  readonly paused: boolean;
  readonly phase: "warming" | "running" | "paused" | "ended" | "failed";
}

/** Slowest and fastest replay, multiples of recorded time. */
export const REPLAY_SPEED = { min: 0.25, max: 120 } as const;

const speed = z.number().min(REPLAY_SPEED.min).max(REPLAY_SPEED.max);
const epochMs = z.int().min(0).max(8_640_000_000_000_000);

/** Streams by the name that they have in paths and channels. */
const REPLAY_STREAMS = [
  "options",
  "nbbo",
  "equities",
  "equity-quotes",
  "equity-candles",
  "equity-joins",
  "inferred-dark",
  "flow",
  "smart-money",
  "classifier-hits",
  "alerts",
] as const;

/** Opens a replay session. */
export const ReplayRequest = z.strictObject({
  start_ts: epochMs,
  end_ts: epochMs,
  speed: speed.default(1),
  /** Streams that its sockets may subscribe to; all when omitted. */
  streams: z.array(z.enum(REPLAY_STREAMS)).min(1).max(REPLAY_STREAMS.length).optional(),
  symbols: z.array(symbol).min(1).max(40).optional(),
  paused: z.boolean().default(false),
}).refine((value) => value.end_ts > value.start_ts, {
  message: "must be after start_ts",
  path: ["end_ts"],
}).refine((value) => value.end_ts - value.start_ts <= 86_400_000, {
  message: "must be at most 24 hours after start_ts",
  path: ["end_ts"],
});
export type ReplayRequest = z.infer<typeof ReplayRequest>;

/** Changes a running replay session; several at once are done in the order speed, seek, step, paused. */
export const ReplayPatch = z.strictObject({
  speed: speed.optional(),
  paused: z.boolean().optional(),
  seek_ts: epochMs.optional(),
  /** Advances a paused clock by so many ms. */
  step_ms: z.int().min(1).max(3_600_000).optional(),
}).refine((value) => Object.keys(value).length > 0, { message: "must name at least one change" });
export type ReplayPatch = z.infer<typeof ReplayPatch>;

/** State of a replay session as the API answers it. */
export interface ReplayStatus {
  readonly id: string;
  readonly clock: ReplayClock;
  readonly streams: readonly string[];
  readonly symbols: readonly string[] | null;
  /** Rows sent out so far, raw and derived. */
  readonly rows: number;
  /** Derived rows made again and found in the store with the same content. */
  readonly matched: number;
  /** Derived rows that differ from the stored ones, are missing there, or are only there. */
  readonly mismatched: number;
  /** The first of them. */
  readonly differences: readonly string[];
  readonly sockets: number;
  readonly message: string | null;
}
