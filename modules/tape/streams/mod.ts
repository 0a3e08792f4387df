import type { z } from "zod";
import type { StreamRecords } from "../../../engine/frames/mod.ts";
import { ALERTS } from "./alerts.ts";
import { CANDLES } from "./candles.ts";
import { CLASSIFIER_HITS } from "./classifier_hits.ts";
import { EQUITIES } from "./equities.ts";
import { EQUITY_JOINS } from "./equity_joins.ts";
import { EQUITY_QUOTES } from "./equity_quotes.ts";
import { FLOW } from "./flow.ts";
import { INFERRED_DARK } from "./inferred_dark.ts";
import { NBBO } from "./nbbo.ts";
import { OPTIONS } from "./options.ts";
import { Streams } from "./registry.ts";
import { SMART_MONEY } from "./smart_money.ts";

export { Alert } from "./alerts.ts";
export { Candle } from "./candles.ts";
export { ClassifierHit } from "./classifier_hits.ts";
export { EquityPrint } from "./equities.ts";
export { EquityJoin } from "./equity_joins.ts";
export { FlowPacket } from "./flow.ts";
export { OptionNbbo } from "./nbbo.ts";
export { OptionPrint } from "./options.ts";
export { SmartMoneyEvent } from "./smart_money.ts";
export { type ChannelRule, Streams } from "./registry.ts";
export { type AnyStream, type Channel, defineStream, type Stream } from "./stream.ts";

const LIST = [
  NBBO,
  OPTIONS,
  EQUITY_QUOTES,
  EQUITIES,
  EQUITY_JOINS,
  CANDLES,
  INFERRED_DARK,
  FLOW,
  SMART_MONEY,
  CLASSIFIER_HITS,
  ALERTS,
] as const;
type Listed = (typeof LIST)[number];

/** The streams of this release, one file each. */
export const STREAMS: Streams = new Streams(LIST);

type Same<A, B> = [A] extends [B] ? [B] extends [A] ? true : never : never;
type Declared = { readonly [S in Listed as S["name"]]: z.infer<S["record"]> };

/** Holds at compile time only: the schemas describe exactly the records of the engine, stream by stream. */
export const SCHEMAS_AGREE: Same<Declared, StreamRecords> = true;

type ChannelsOf<S> = S extends { readonly channels: infer C } ? keyof C : never;
/** Channels of the live socket, as clients name them. */
export type LiveChannel = ChannelsOf<Listed>;

/** Filters of one stream, as a page's parsed query. */
export type StreamFilters = {
  readonly [S in Listed as S["name"]]: z.infer<z.ZodObject<S["query"]>>;
};

type Union<U> = (U extends unknown ? (value: U) => void : never) extends (value: infer I) => void
  ? I
  : never;
/** Shapes of all live filters together; streams that share a name mean the same by it. */
export type LiveShape = Union<Listed["live"]>;
