export { Catalogue } from "./catalogue.ts";
export { Checkpoints } from "./checkpoints.ts";
export { type Feed, FeedError } from "./feed.ts";
export { instrumentFor } from "./instruments.ts";
export { LatentPlan } from "./latent_plan.ts";
export { listFeeds } from "./list.ts";
export { ReplayFeed } from "./replay_feed.ts";
export { SyntheticFeed } from "./synthetic_feed.ts";
