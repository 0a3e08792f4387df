import { z } from "zod";
import type { Origin, Provenance } from "../kit/mod.ts";
import { type LiveChannel, type LiveShape, STREAMS, type Streams } from "./streams/mod.ts";

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
  idleSeconds: 40,
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

/**
 * What clients of a live socket may send about the streams that there are: filters narrow a channel, and
 * those that a channel does not know are ignored.
 */
export function liveSchemas(streams: Streams) {
  // The shapes are merged at run time and by their types alike.
  const shape: LiveShape = Object.assign({}, ...streams.list.map(({ live }) => live));
  const filters = z.strictObject(shape);
  const subscription = z.strictObject({
    channel: z.enum(streams.channels as readonly LiveChannel[]),
    /** The client's own name for it; sent back with every message of the subscription. */
    id: z.string().min(1).max(64).optional(),
    filters: filters.optional(),
    underlying_ids: z.array(symbol).max(LIVE_LIMITS.underlyings).optional(),
    underlying_id: symbol.optional(),
    option_contract_id: contractId.optional(),
    interval_ms: z.int().min(1_000).max(86_400_000).optional(),
    /** Rows of the first snapshot; 0: none. */
    snapshot_limit: z.int().min(0).max(LIVE_LIMITS.snapshotRows).optional(),
    /** Goes on after this row instead of a snapshot. */
    resume_after: LiveCursor.optional(),
  });
  const subscriptions = z.array(subscription).min(1).max(LIVE_LIMITS.subscriptions);
  const request = z.discriminatedUnion("op", [
    z.strictObject({ op: z.literal("subscribe"), subscriptions }),
    z.strictObject({ op: z.literal("unsubscribe"), subscriptions }),
    z.strictObject({ op: z.literal("ping") }),
  ]);
  return { subscription, request };
}

type Schemas = ReturnType<typeof liveSchemas>;

/** What a client asks to be sent. */
export type LiveSubscription = z.infer<Schemas["subscription"]>;
/** What clients may send. */
export type LiveRequest = z.infer<Schemas["request"]>;

/** Freshness of a hot channel. */
export interface ChannelHealth {
  /** Ms since the newest row by the server's clock; null before the first. */
  readonly freshness_age_ms: number | null;
  readonly healthy: boolean;
}
export type ChannelHealthMap = Readonly<Partial<Record<LiveChannel, ChannelHealth>>>;

/** A tape whose past is still being made, which makes every channel old without anything being wrong. */
export interface TapeMaking {
  /** Share that is done, 0…1. */
  readonly progress: number;
  /** For people. */
  readonly message: string;
}

/** A subscription as the server names it: what was asked, without `resume_after`. */
export type LiveSubscriptionKey = Omit<LiveSubscription, "resume_after">;

/** How the tape is. */
export interface LiveHealth {
  /** Clock of the server, epoch ms. */
  readonly ts: number;
  readonly channel_health: ChannelHealthMap;
  /** Null once the tape is made as it goes. */
  readonly making: TapeMaking | null;
}

/** A stretch of a stream whose rows are damaged in the store. Epoch ms, both ends included. */
export interface LostTimes {
  readonly from_ts: number;
  readonly to_ts: number;
}

/** What the server sends. `Item` is the record of the channel's stream. */
export type LiveMessage<Item = unknown> =
  | ({
    readonly op: "ready";
    /** Where the rows come from. */
    readonly origin: Origin;
    /** The market of the order book; null when none is open, and in a replay. */
    readonly feed: Provenance | null;
  } & LiveHealth)
  /** Somebody chose another market for the order book. */
  | { readonly op: "feed"; readonly feed: Provenance }
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
      /** Stretches that it passed over; left out when there are none. */
      readonly gaps?: readonly LostTimes[];
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
    /** The rows are damaged in the store between these times: nothing brings them. */
    readonly gaps?: readonly LostTimes[];
  }
  | { readonly op: "unsubscribed"; readonly subscriptions: readonly LiveSubscriptionKey[] }
  | ({ readonly op: "heartbeat" } & LiveHealth)
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
const REPLAY_SPEED = { min: 0.25, max: 120 } as const;

const speed = z.number().min(REPLAY_SPEED.min).max(REPLAY_SPEED.max);
const epochMs = z.int().min(0).max(8_640_000_000_000_000);

/** Streams by the name that they have in paths and channels. */
const REPLAY_STREAMS = STREAMS.list.map(({ paths }) => paths.replay);

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
  /** Stretches that the replay read and whose rows are damaged in the store. Epoch ms, ends included. */
  readonly gaps: readonly (LostTimes & { readonly stream: string })[];
  readonly sockets: number;
  readonly message: string | null;
}
