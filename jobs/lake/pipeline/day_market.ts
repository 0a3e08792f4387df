import { arrayAs, type Frame } from "../../../engine/frames/contract.ts";
import type { Chain } from "../../../engine/surfaces/gamma/mod.ts";
import {
  cleanStatistics,
  dayChain,
  type DayOption,
  definitionsIn,
  openInterestIn,
} from "../../../engine/surfaces/reference/mod.ts";
import { instrumentFor, type MarketFeed } from "../../feeds/mod.ts";
import type { LakeDataset } from "../contracts/mod.ts";
import { isComplete, type PartitionInput, PartitionReader } from "../partitions/mod.ts";
import { BronzeFeed } from "./bronze_feed.ts";
import { FilterFeed } from "./filter_feed.ts";
import { mergedFeed } from "./merged_feed.ts";
import { PipelineError } from "./pipeline_error.ts";
import { neededFiles, openOrders, type RawKind } from "./raw_files.ts";
import type { StageWork } from "./stage_work.ts";
import { SET } from "./tables.ts";

const NO_OPTIONS: Chain = {
  instrumentId: new Float64Array(),
  isCall: new Uint8Array(),
  strikeInt: new Float64Array(),
  openInterest: new Float64Array(),
  expirationNs: 0n,
  symbols: [],
};

/** A future and its options on a date, as bronze has them. */
export interface DayMarket {
  readonly future: { readonly instrumentId: number; readonly tickNano: number };
  readonly chain: Chain;
  /** The newest statement of each option's open interest; null without options. */
  readonly openInterest: Frame | null;
  /** Partitions that the tables of the date are made of. */
  readonly inputs: readonly PartitionInput[];
  /** Options on the future that expire on the date. */
  readonly options: readonly DayOption[];
}

/**
 * What bronze knows of a day before its orders are read. Without options in bronze it is the future alone.
 *
 * @throws {PartitionError} `input_not_ready` when the future is not in bronze, or options are there in part.
 * @throws {PipelineError} `no_options` when none of them can be of the day.
 */
export async function readDayMarket(work: StageWork): Promise<DayMarket> {
  const { symbol } = work.task;
  const futureInput = work.input(SET.FUTURE_MBO);
  const { config } = await instrumentFor("", symbol);
  const future = { instrumentId: await futureId(work), tickNano: config.tick_int };
  if (!isComplete(work.lake, SET.OPTION_MBO, work.of())) {
    const none = { chain: NO_OPTIONS, openInterest: null, options: [] };
    return { future, inputs: [futureInput], ...none };
  }
  const sets = [SET.DEFINITIONS, SET.STATISTICS, SET.OPTION_MBO];
  const inputs = [futureInput, ...sets.map((dataset) => work.input(dataset))];
  const options = definitionsIn(await wholeFrame(work, SET.DEFINITIONS)).options(work.task.dt)
    .filter(({ underlying }) => underlying === symbol);
  const openInterest = cleanStatistics(await wholeFrame(work, SET.STATISTICS));
  const found = dayChain(options, symbol, openInterestIn(openInterest, options));
  if (found === null) {
    throw new PipelineError("no_options", `Cannot find options on ${symbol} in bronze`);
  }
  work.withoutOpenInterest = found.withoutOpenInterest;
  return { future, chain: found.chain, openInterest, inputs, options };
}

/**
 * The orders of a day: the future's before the options' where times are equal.
 *
 * @throws {PipelineError} `no_raw_files` when they are to be read from raw files that are not there.
 */
export async function openDayOrders(
  work: StageWork,
  { future, options }: DayMarket,
): Promise<MarketFeed> {
  const optionIds = new Set(options.map(({ instrumentId }) => instrumentId));
  const products: readonly [RawKind, LakeDataset, { has(id: number): boolean }][] = [
    ["futures", SET.FUTURE_MBO, new Set([future.instrumentId])],
    ["options", SET.OPTION_MBO, optionIds],
  ];
  const wanted = optionIds.size > 0 ? products : products.slice(0, 1);
  const feeds: MarketFeed[] = [];
  for (const [kind, dataset, ids] of wanted) {
    if (work.task.records === "bronze") {
      feeds.push(await BronzeFeed.open(work.lake, dataset, work.of()));
    } else {
      const opened = await openOrders(work.day, neededFiles(work.day, kind));
      feeds.push(new FilterFeed(mergedFeed(opened.map(({ feed }) => feed)), ids));
    }
  }
  return mergedFeed(feeds);
}

async function futureId(work: StageWork): Promise<number> {
  const reader = await PartitionReader.open(work.lake, SET.FUTURE_MBO, work.of());
  const { columns } = await reader.read({ from: 0, to: 1 }, ["instrument_id"]);
  return arrayAs(Float64Array, columns[0], "instrument_id")[0] ?? 0;
}

async function wholeFrame(work: StageWork, dataset: LakeDataset): Promise<Frame> {
  const reader = await PartitionReader.open(work.lake, dataset, work.of());
  return await reader.read({ from: 0, to: reader.manifest.row_count });
}
