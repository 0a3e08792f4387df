export { Catalogue } from "./catalogue.ts";
export { Checkpoints } from "./checkpoints.ts";
export {
  type Feed,
  FeedError,
  type FeedSink,
  isListing,
  isSeekable,
  isSteerable,
  type MarketFeed,
  type Pulled,
} from "./feed.ts";
export { instrumentFor } from "./instruments.ts";
export type { PlanSpec } from "./latent_plan.ts";
export { type ListedFile, listFeeds } from "./list.ts";
export type { ReplayFeed } from "./replay_feed.ts";
export { StageDrive } from "./stage_drive.ts";
export { chainOf } from "./synthetic_chain.ts";
export { baseNsOf, openRun, type PlannedRun, type RunPlan, type RunStart } from "./run_plan.ts";
export { MAX_UPLOAD_BYTES, UploadError, Uploads } from "./uploads.ts";
