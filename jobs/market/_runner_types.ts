import type { FeedCommand } from "../../modules/feed/contract.ts";
import type { MarketSpec } from "./protocol.ts";

/** What a runner was asked to do and has not begun. */
export type Task =
  | { readonly type: "open"; readonly id: number; readonly spec: MarketSpec }
  | { readonly type: "command"; readonly id: number; readonly command: FeedCommand };

/** An unpaced stretch (warm-up, seek, step): where it ends, ns offset, and how it goes on. */
export interface Goal {
  readonly fromNs: number;
  readonly toNs: number;
  readonly then: "live" | "paused";
  /** Whether its end stands at the time when it is reached; else the schedule goes on meanwhile. */
  readonly rebase: boolean;
}
