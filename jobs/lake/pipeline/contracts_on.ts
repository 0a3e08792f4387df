import { join } from "node:path";
import {
  chooseContracts,
  type DateVolumes,
  type DayVolume,
  parseContract,
  thirdFriday,
  TradeVolumes,
} from "../../../engine/surfaces/reference/mod.ts";
import { isComplete, partitionDates } from "../partitions/mod.ts";
import { BronzeFeed } from "./bronze_feed.ts";
import { isContract, rootOf } from "./symbols.ts";
import { SET } from "./tables.ts";

/** Dates before a session that are looked at for one on which something traded. */
const LOOK_BACK_DATES = 7;
const FOREVER_NS = 1n << 63n;
const PULL_RECORDS = 65_536;

/** Whose bronze: a lake, a source and a root. */
export interface BronzeOf {
  readonly lake: string;
  readonly source: string;
  readonly root: string;
}

/**
 * The contract that stands for its root on a date: the only one that bronze has, else the one that traded
 * most on the last trading date before. Null when bronze has none, or several and no date before.
 */
export async function contractOn(bronze: BronzeOf, dt: string): Promise<string | null> {
  const { lake, source } = bronze;
  const there = contractsIn(bronze);
  const today = there.filter((symbol) => isComplete(lake, SET.FUTURE_MBO, { source, symbol, dt }));
  if (today.length < 2) return today[0] ?? null;
  const volumes = await volumesBefore(bronze, there, dt);
  const expirations = new Map(there.flatMap((symbol) => {
    const contract = parseContract(bronze.root, symbol, dt);
    return contract === null ? [] : [[symbol, thirdFriday(contract)] as const];
  }));
  const [choice] = chooseContracts([dt], volumes, expirations);
  return choice !== undefined && today.includes(choice.symbol) ? choice.symbol : null;
}

/** Contracts of a root that bronze has, of any date. */
function contractsIn({ lake, source, root }: BronzeOf): readonly string[] {
  const folder = join(lake, `bronze/source=${source}/product_type=future_mbo`);
  try {
    return [...Deno.readDirSync(folder)].flatMap(({ name }) => {
      const symbol = name.replace(/^symbol=/, "");
      return isContract(symbol) && rootOf(symbol) === root ? [symbol] : [];
    }).sort();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}

async function volumesBefore(
  { lake, source, root }: BronzeOf,
  symbols: readonly string[],
  dt: string,
): Promise<ReadonlyMap<string, DateVolumes>> {
  const quarterly = symbols.filter((symbol) => parseContract(root, symbol, dt) !== null);
  const datesOf = (symbol: string) => partitionDates(lake, SET.FUTURE_MBO, { source, symbol });
  const dates = [...new Set(quarterly.flatMap(datesOf))].filter((date) => date < dt).sort();
  const volumes = new Map<string, DateVolumes>();
  for (const date of dates.slice(-LOOK_BACK_DATES)) {
    const traded = new Map<string, DayVolume>();
    for (const symbol of quarterly) {
      const of = { source, symbol, dt: date };
      if (isComplete(lake, SET.FUTURE_MBO, of)) {
        traded.set(symbol, await volumeOf(await BronzeFeed.open(lake, SET.FUTURE_MBO, of), date));
      }
    }
    volumes.set(date, traded);
  }
  return volumes;
}

async function volumeOf(feed: BronzeFeed, date: string): Promise<DayVolume> {
  const volumes = new TradeVolumes(date);
  let instrumentId = -1;
  const mbo = (block: Parameters<TradeVolumes["take"]>[0]) => {
    if (instrumentId < 0) instrumentId = block.words[1] ?? -1;
    volumes.take(block);
  };
  while (await feed.pull(FOREVER_NS, PULL_RECORDS, { mbo }) !== "ended");
  return volumes.of(instrumentId);
}
