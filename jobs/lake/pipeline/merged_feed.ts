import { type MarketFeed, mergeFeeds } from "../../feeds/mod.ts";

/** Feeds as one, by time; of records of one time those of the earlier feed come first. */
export function mergedFeed(feeds: readonly MarketFeed[]): MarketFeed {
  const [only, ...more] = feeds;
  return only !== undefined && more.length === 0 ? only : mergeFeeds(feeds);
}
