import { z } from "zod";

/** What clients of a stream print: messages awaited, when they came, and what was lost. */
export const Deliveries = z.strictObject({
  deliveries: z.number(),
  perClientPerSecond: z.number(),
  leastMs: z.number(),
  p50Ms: z.number(),
  p99Ms: z.number(),
  mostMs: z.number(),
  megabytesPerSecond: z.number(),
  dropped: z.number(),
  closed: z.number(),
});
export type Deliveries = z.infer<typeof Deliveries>;
