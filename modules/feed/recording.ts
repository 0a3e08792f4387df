import { z } from "zod";

/** Asks for a recording of the running feed. */
export const RecordingRequest = z.strictObject({
  /** Name of the dataset; by the symbol and the time when left out. */
  name: z.string().regex(
    /^[A-Za-z0-9_][A-Za-z0-9._-]{0,95}$/,
    "must be 1 to 96 letters, digits, . _ or -, and not begin with a dot",
  ).optional(),
});
export type RecordingRequest = z.infer<typeof RecordingRequest>;

/** The recording that runs, or the last one. */
export const RecordingStatus = z.strictObject({
  phase: z.enum(["idle", "recording", "finishing", "done", "failed"]),
  /** Name of the dataset, and its folder below the data folder. */
  name: z.string().nullable(),
  folder: z.string().nullable(),
  symbol: z.string().nullable(),
  bins: z.int(),
  /** Bytes on disk. */
  bytes: z.int(),
  elapsedMs: z.number(),
  /** Why it ended, or what went wrong; null when nothing is to say. */
  message: z.string().nullable(),
  /** Whether the reader may start and end recordings. */
  allowed: z.boolean(),
});
export type RecordingStatus = z.infer<typeof RecordingStatus>;
