export { type BubbleSummary, MAX_RADIUS_CSS, TradeBubbles } from "./trade_bubbles.ts";
export { bucketOf, type BucketSpan, drawBucket } from "./bucket_grid.ts";
export { MIN_SIZES, rememberedTrades, rememberTrades } from "./memory.ts";
export { LINES, mergedText, tradesUnder } from "./trades_under.ts";
export { TradeQueue } from "./trade_queue.ts";
export { TradeStore } from "./trade_store.ts";
