import { z } from "zod";
import { SURFACE_NAMES, type SurfaceName } from "../../market/mod.ts";

const NAMES_RULE = `must name some of ${SURFACE_NAMES.join(", ")}`;
const MOST_SPEED = 1_000;
const SPEED_RULE = `must be 0 to ${MOST_SPEED}`;
const MOST_MINUTES = 1_440;

/** What is written in the registry of surfaces is what may be asked for. */
const surfaceName = z.enum(SURFACE_NAMES, NAMES_RULE);

const names = z.string().transform((text) => text.split(",").map((name) => name.trim()))
  .transform((names) => [...new Set(names)].filter((name) => name !== ""))
  .pipe(z.array(surfaceName));

/** Epoch ns; a text here, as in every answer. */
const epochNs = z.string().regex(/^\d{1,19}$/, "must be ns since 1970, whole and in decimals");

const symbol = z.string().regex(/^[A-Za-z0-9.]{1,32}$/, "must be a contract or its root");

const DT_RULE = "must be a date YYYY-MM-DD or live";
const dt = z.union([z.literal("live"), z.iso.date(DT_RULE)], DT_RULE);

/** Playback speed: a factor of real time; 0 waits for nothing. */
const PlaySpeed = z.number(SPEED_RULE).min(0, SPEED_RULE).max(MOST_SPEED, SPEED_RULE);

const flag = z.enum(["0", "1"], "must be 0 or 1");
const anchor = z.enum(["spot", "strike"], "must be spot or strike");

/** Query of a stream of surfaces, as clients send it: every value is text. */
export const SurfaceParams = z.strictObject({
  symbol: symbol.optional().describe("Contract, or its root; the market's when omitted"),
  dt: dt.optional().describe("Session date of a replay, New York; live when omitted"),
  speed: z.string().regex(/^\d{1,9}(\.\d{1,9})?$/, SPEED_RULE).transform(Number).pipe(PlaySpeed)
    .default(1).describe("Speed of a replay, 0 for as fast as it is read"),
  skip_minutes: z.string().regex(/^\d{1,4}$/, `must be 0 to ${MOST_MINUTES}`).transform(Number)
    .pipe(z.number().max(MOST_MINUTES, `must be 0 to ${MOST_MINUTES}`)).optional()
    .describe("Minutes that a replay leaves out at its beginning"),
  start_ts_ns: epochNs.optional().describe("First end of a window wanted, epoch ns"),
  surfaces: names.optional().describe("Surfaces wanted, parted by commas"),
  anchor: anchor.optional().describe("What rows of the future are told from"),
  ext: flag.default("0").describe("1: more columns, and messages about the stream"),
});
export type SurfaceParams = z.output<typeof SurfaceParams>;

/** Query of the snapshots over REST. */
export const BootstrapQuery = z.object({
  symbol: SurfaceParams.shape.symbol,
  dt: SurfaceParams.shape.dt,
  end_ts_ns: epochNs.optional().describe("Last end of a window wanted, epoch ns"),
});

/** Query of one surface over REST. */
export const SurfaceQuery = z.object({
  symbol: SurfaceParams.shape.symbol,
  dt: SurfaceParams.shape.dt,
  surface: surfaceName.describe("Surface wanted"),
  start_ts_ns: epochNs.optional().describe("First end of a window wanted, epoch ns"),
  end_ts_ns: epochNs.optional().describe("Last end of a window wanted, epoch ns"),
  anchor: anchor.default("strike").describe("What rows of the future are told from"),
  ext: flag.default("0").describe("1: more columns"),
});

/** What a client may say with ext=1. */
export const ClientMessage = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("pause") }),
  z.strictObject({ type: z.literal("resume") }),
  z.strictObject({ type: z.literal("speed"), value: PlaySpeed }),
  z.strictObject({ type: z.literal("seek"), window_end_ts_ns: epochNs }),
], "must be pause, resume, speed or seek");
export type ClientMessage = z.output<typeof ClientMessage>;

/** Which of the two addresses a client came by: they differ in what a client gets who asks for nothing. */
export type StreamPath = "velocity" | "hud";

/** What clients of an address get who ask for nothing. */
export const DEFAULTS: Readonly<
  Record<StreamPath, {
    readonly surfaces: readonly SurfaceName[];
    readonly anchor: "spot" | "strike";
    readonly skipMinutes: number;
  }>
> = {
  velocity: { surfaces: ["snap", "velocity", "options"], anchor: "spot", skipMinutes: 5 },
  hud: {
    surfaces: ["snap", "wall", "vacuum", "physics", "gex", "bucket_radar"],
    anchor: "strike",
    skipMinutes: 0,
  },
};

/** A query that breaks a rule. The message names the parameter and the rule. */
export class SurfaceParamsError extends RangeError {
  override readonly name = "SurfaceParamsError";
  readonly code = "bad_parameter";
}

/** There is no data of the symbol and date that were asked for. */
export class NoSurfacesError extends RangeError {
  override readonly name = "NoSurfacesError";
  readonly code = "no_data";
}

/**
 * Reads the query of a stream.
 *
 * @throws {SurfaceParamsError} At the first parameter that is unknown, repeated or invalid.
 */
export function parseSurfaceParams(query: URLSearchParams): SurfaceParams {
  const values = new Map<string, string>();
  for (const [name, value] of query) {
    if (!Object.hasOwn(SurfaceParams.shape, name)) {
      throw new SurfaceParamsError(`${name} is no parameter of this stream`);
    }
    if (values.has(name)) throw new SurfaceParamsError(`${name} must be given once`);
    values.set(name, value);
  }
  const parsed = SurfaceParams.safeParse(Object.fromEntries(values));
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new SurfaceParamsError(`${String(issue?.path[0])} ${issue?.message}`);
}
