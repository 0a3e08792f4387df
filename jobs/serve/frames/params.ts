import { z } from "zod";
import { Speed, WallTime } from "../../../modules/feed/contract.ts";
import { KEPT_BINS, STREAM_PARTS } from "../../market/mod.ts";

const wholeNumber = (low: number, high: number) =>
  z.string().regex(/^\d{1,6}$/, `must be a whole number, ${low} to ${high}`).transform(Number)
    .pipe(z.number().min(low, `must be ${low} to ${high}`).max(high, `must be ${low} to ${high}`));

const PARTS_RULE = `must name some of ${STREAM_PARTS.join(", ")}, each once`;

/** What of a bin is wanted, parted by commas. */
const parts = z.string().transform((text) => text.split(",")).pipe(
  z.array(z.enum(STREAM_PARTS, PARTS_RULE))
    .refine((names) => new Set(names).size === names.length, PARTS_RULE),
);

/** Query of the pressure stream, as clients send it: every value is text. */
export const StreamParams = z.strictObject({
  product_type: z.enum(["equity_mbo", "future_mbo"], "must be equity_mbo or future_mbo").optional(),
  symbol: z.string().min(1, "must not be empty").max(71, "must have at most 71 characters")
    .optional(),
  dt: z.iso.date("must be a date YYYY-MM-DD").optional(),
  start_time: WallTime.optional(),
  /** Past bins wanted at once. */
  backfill: wholeNumber(0, KEPT_BINS).optional(),
  /** What of every bin is wanted; its grid alone when omitted. */
  parts: parts.optional(),
  /** `shared`: the terminal's feed. `private`: a replay of its own that waits for this client. */
  session: z.enum(["shared", "private"], "must be shared or private").optional(),
  /** Replay file of a private session; the terminal's file when omitted. */
  file: z.string().min(1, "must not be empty").max(512, "must have at most 512 characters")
    .optional(),
  speed: z.union([
    z.literal("max"),
    z.string().regex(/^\d+(\.\d+)?$/, "must be 0.1 to 1000 or max").transform(Number),
  ], "must be 0.1 to 1000 or max").pipe(Speed).optional(),
});
export type StreamParams = z.infer<typeof StreamParams>;

/** A query that breaks a rule. The message names the parameter and the rule. */
export class StreamParamsError extends RangeError {
  override readonly name = "StreamParamsError";
  readonly code = "bad_parameter";
}

/** A private session cannot be had, as the client or all of them have as many as they may. */
export class PrivateSessionError extends RangeError {
  override readonly name = "PrivateSessionError";
  readonly code = "too_many_sessions";
}

/** Whether a request asks for a session of its own: by name, or as only such a one can meet it. */
export function isPrivate({ session, file, start_time: startTime }: StreamParams): boolean {
  const isOwn = file !== undefined || startTime !== undefined;
  return (session ?? (isOwn ? "private" : "shared")) === "private";
}

/**
 * Reads the query of a stream request.
 *
 * @throws {StreamParamsError} At the first parameter that is unknown, repeated or invalid.
 */
export function parseStreamParams(query: URLSearchParams): StreamParams {
  const values = new Map<string, string>();
  for (const [name, value] of query) {
    if (!Object.hasOwn(StreamParams.shape, name)) {
      throw new StreamParamsError(`${name} is no parameter of this stream`);
    }
    if (values.has(name)) throw new StreamParamsError(`${name} must be given once`);
    values.set(name, value);
  }
  const parsed = StreamParams.safeParse(Object.fromEntries(values));
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new StreamParamsError(`${String(issue?.path[0])} ${issue?.message}`);
}
