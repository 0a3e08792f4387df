export {
  EMBEDDED_MARKET,
  feedChangeText,
  type FeedIdentity,
  feedProvenance,
  isSameFeed,
  isSameMarket,
  type Origin,
  type Provenance,
  stampSlug,
  stampText,
  type StampWord,
  stampWord,
} from "./provenance.ts";
