import { z } from "zod";

/** The option contracts of one underlying that are listed when a session opens. Times in epoch ms. */
export const OptionListing = z.object({
  underlying_id: z.string(),
  session_id: z.int(),
  open_ts: z.int(),
  close_ts: z.int(),
  source: z.literal("synthetic").describe("What made the list and its open interest"),
  rate_annual: z.number().describe(
    "Continuously compounded rate that carries the underlying to its forward",
  ),
  dividend_yield_annual: z.number(),
  expiries: z.array(z.object({
    expiry: z.string().describe("YYYY-MM-DD"),
    strikes: z.array(z.number()).describe("USD, ascending; each has a call and a put"),
    call_open_interest: z.array(z.int()).describe(
      "Contracts open at the close before the session, by strike; made, and not part of any stream",
    ),
    put_open_interest: z.array(z.int()),
  })),
}).meta({ id: "OptionListing" });

/** See {@link OptionListing}. */
export type OptionListing = z.output<typeof OptionListing>;
