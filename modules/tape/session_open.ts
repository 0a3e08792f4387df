import { z } from "zod";

/** What the underlyings stood at when the session under way opened. Times in epoch ms. */
export const SessionOpen = z.object({
  session_id: z.int(),
  open_ts: z.int(),
  close_ts: z.int(),
  prices: z.record(z.string(), z.number()).describe(
    "Middle of the market at the open by symbol, USD: what changes since the open are measured from",
  ),
}).meta({ id: "SessionOpen" });

/** See {@link SessionOpen}. */
export type SessionOpen = z.output<typeof SessionOpen>;
