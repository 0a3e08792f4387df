import { z } from "zod";
import { FLOW_REGIMES } from "../../engine/tape/futures/mod.ts";

/** Where the running market comes from. */
const FeedKind = z.enum(["synthetic", "replay"]);

/** The seven order-flow regimes of the synthetic market. */
export const Regime = z.enum(FLOW_REGIMES);
export type Regime = z.infer<typeof Regime>;

/** Multiple of recorded time, or as fast as the machine allows. */
export const Speed = z.union([z.number().min(0.1).max(1_000), z.literal("max")]);
export type Speed = z.infer<typeof Speed>;

/** `HH:MM` or `HH:MM:SS`, New York wall time. */
export const WallTime = z.string().regex(
  /^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/,
  "must be HH:MM or HH:MM:SS, New York time",
);

/** A decimal count of ns since 1970 UTC; text because JSON numbers lose 64 bits. */
const EpochNs = z.string().regex(
  /^\d{1,19}$/,
  "must be ns since 1970 UTC in decimal digits",
);

/** Which pressure arithmetic runs: corrected, or number by number as the original. */
export const PressureModel = z.enum(["complete", "compat"]);
export type PressureModel = z.infer<typeof PressureModel>;

/** Name of an instrument file that ships with the terminal; never a path. */
const InstrumentName = z.string().regex(
  /^[A-Za-z0-9_-]{1,64}$/,
  "must be letters, digits, - and _",
);

/** Opens a feed in place of the running one. */
export const OpenFeed = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("synthetic"),
    seed: z.int().min(0).max(4_294_967_295).optional(),
    regime: Regime.optional(),
    instrument: InstrumentName.optional(),
    model: PressureModel.optional(),
  }),
  z.strictObject({
    kind: z.literal("replay"),
    /** Name of a file that `GET /v1/feeds` lists. */
    file: z.string().min(1).max(512),
    instrument: InstrumentName.optional(),
    start: WallTime.optional(),
    speed: Speed.optional(),
    model: PressureModel.optional(),
  }),
]);
export type OpenFeed = z.infer<typeof OpenFeed>;

/** What a client may ask of a running feed. */
export const FeedCommand = z.discriminatedUnion("op", [
  z.strictObject({ op: z.literal("open"), feed: OpenFeed }),
  z.strictObject({ op: z.literal("pause") }),
  z.strictObject({ op: z.literal("resume") }),
  z.strictObject({ op: z.literal("step"), bins: z.int().min(1).max(1_000).default(1) }),
  z.strictObject({ op: z.literal("seek"), tsNs: EpochNs }),
  /** Goes back to where the feed stood before the seek that is under way. */
  z.strictObject({ op: z.literal("cancel") }),
  z.strictObject({ op: z.literal("speed"), speed: Speed }),
  z.strictObject({
    op: z.literal("regime"),
    /** Regime to hold, or null to go on by the market's plan. */
    regime: Regime.nullable(),
  }),
  z.strictObject({ op: z.literal("model"), model: PressureModel }),
]);
export type FeedCommand = z.infer<typeof FeedCommand>;

/** Life of a feed, as shown to people. */
export const FeedPhase = z.enum([
  "opening",
  "live",
  "paused",
  "seeking",
  "ended",
  "error",
]);
export type FeedPhase = z.infer<typeof FeedPhase>;

/** A moment of a feed: which time was due when, and how fast it goes on from there. */
export const FeedClockReading = z.strictObject({
  /** Exchange time that was due, whether or not its bins were made, ns UTC. */
  dueNs: EpochNs,
  /** When that was by the server's clock, epoch ms. */
  atMs: z.number(),
  /** Exchange time per time of the server's clock; 0 while it stands, and at speed "max". */
  rate: z.number().min(0),
});
export type FeedClockReading = z.infer<typeof FeedClockReading>;

/** State of the feed behind a stream; sent on change and once a second. */
export const FeedState = z.strictObject({
  kind: FeedKind,
  /** Whether its market was made up: a file may hold one too. */
  isSynthetic: z.boolean(),
  phase: FeedPhase,
  /** File name, or "synthetic". */
  name: z.string(),
  symbol: z.string(),
  model: PressureModel,
  speed: Speed,
  regime: Regime.nullable(),
  /** Whether the regime is held by hand rather than planned. */
  regimeHeld: z.boolean(),
  seed: z.int().nullable(),
  /** First and last exchange time of the feed, ns UTC; null when unknown or endless. */
  startNs: EpochNs.nullable(),
  endNs: EpochNs.nullable(),
  /** Exchange time reached, ns UTC. */
  nowNs: EpochNs.nullable(),
  /** What time it is in the feed; null before its first event. */
  clock: FeedClockReading.nullable(),
  events: z.number(),
  bins: z.number(),
  eventsPerSecond: z.number(),
  binsPerSecond: z.number(),
  /** How far the engine is behind its schedule, ms. */
  lagMs: z.number(),
  /** Share of added, pulled and executed quantity that reaches the velocities, 0..1. */
  coverage: z.strictObject({ add: z.number(), pull: z.number(), fill: z.number() }),
  /** 0..1 while seeking, else null. */
  progress: z.number().nullable(),
  /** What went wrong, in the phase "error". */
  message: z.string().nullable(),
});
export type FeedState = z.infer<typeof FeedState>;

export * from "./recording.ts";
