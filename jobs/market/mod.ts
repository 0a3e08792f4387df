export { Catalogue, type CatalogueEntry } from "./catalogue.ts";
export { type Clock, systemClock } from "./clock.ts";
export { type Feed, FeedError } from "./feed.ts";
export { instrumentFor, listInstruments, type NamedInstrument } from "./instruments.ts";
export { type FeedList, type ListedFile, listFeeds } from "./list.ts";
export { ReplayFeed } from "./replay_feed.ts";
export { BACKFILL_BINS, CommandError, MarketSession } from "./session.ts";
export { SyntheticFeed } from "./synthetic_feed.ts";
