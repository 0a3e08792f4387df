import { z } from "zod";
import { PHASES, REGIME_IDS } from "../../engine/regime/mod.ts";

const span = { from_ts: z.int(), to_ts: z.int() };

/** The course of a session around one symbol: what a chart draws behind its candles. Times in epoch ms. */
export const SessionOutline = z.object({
  session_id: z.int(),
  open_ts: z.int(),
  close_ts: z.int(),
  phases: z.array(z.object({ ...span, phase: z.enum(PHASES) })),
  events: z.array(z.object({
    ts: z.int(),
    underlying_id: z.string().describe("A symbol, or * for the whole market"),
    kind: z.enum(["earnings", "macro"]),
  })),
  hidden: z.object({
    regimes: z.array(z.object({ ...span, regime: z.enum(REGIME_IDS) })),
    moves: z.array(z.object({
      ...span,
      peak_ts: z.int(),
      kind: z.enum(["impulse", "impact"]),
      bps: z.number().describe("Basis points at the peak, signed"),
    })),
  }).nullable().describe(
    "What only operators see: regimes, and the moves that flow needs or causes",
  ),
}).meta({ id: "SessionOutline" });

/** See {@link SessionOutline}. */
export type SessionOutline = z.output<typeof SessionOutline>;
