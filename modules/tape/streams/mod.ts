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

type Same<A, B> = [A] extends [B] ? [B] extends [A] ? true : false : false;
type Declared = { readonly [S in Listed as S["name"]]: z.infer<S["record"]> };

/**
 * The streams of this release, one file each. Compiles only while their schemas describe exactly the
 * records of the engine, stream by stream.
 */
export const STREAMS: Same<Declared, StreamRecords> extends true ? Streams : never = new Streams(
  LIST,
);

type ChannelsOf<S> = S extends { readonly channels: infer C } ? keyof C : never;
/** Channels of the live socket, as clients name them. */
export type LiveChannel = ChannelsOf<Listed>;

type Union<U> = (U extends unknown ? (value: U) => void : never) extends (value: infer I) => void
  ? I
  : never;
/** Shapes of all live filters together; streams that share a name mean the same by it. */
export type LiveShape = Union<Listed["live"]>;
