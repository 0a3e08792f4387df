import {
  decodeDbn,
  type DefinitionRow,
  definitionRow,
  type RecordView,
  type StatisticsRow,
  statisticsRow,
} from "../../../engine/dbn/mod.ts";
import {
  type DayOption,
  Definitions,
  definitionTable,
  statisticsTable,
} from "../../../engine/surfaces/reference/mod.ts";
import { mergedFeed } from "./merged_feed.ts";
import { writeOrders } from "./orders_partition.ts";
import { PipelineError } from "./pipeline_error.ts";
import { neededFiles, openOrders } from "./raw_files.ts";
import { rawInputs } from "./raw_inputs.ts";
import type { StageWork } from "./stage_work.ts";
import { isContract, rootOf } from "./symbols.ts";
import { datasetsOf, SET } from "./tables.ts";

/**
 * Reads the raw files of a date into the tables of bronze, those that are not there yet. Every record of
 * an instrument is kept, in the order of its file.
 *
 * @throws {PipelineError} `no_raw_files`, `wrong_source`, `no_contract`, `no_options`.
 * @throws {PartitionError} `no_rows` when a table would be empty.
 * @throws {DbnError} When a file is damaged.
 */
export async function runBronze(work: StageWork): Promise<void> {
  const wanted = datasetsOf(work.task);
  const contracts = await contractsIn(work);
  if (wanted.includes(SET.FUTURE_MBO)) await readFutures(work, contracts);
  if (!wanted.includes(SET.OPTION_MBO)) return;
  for (const contract of contracts) await readOptions(work, contract);
}

/** The contract asked for, or all of a root that the raw futures have. */
async function contractsIn({ task, day }: StageWork): Promise<readonly string[]> {
  if (isContract(task.symbol)) return [task.symbol];
  const opened = await openOrders(day, neededFiles(day, "futures"));
  const names = opened.flatMap(({ feed, symbols }) => {
    feed.close();
    return [...symbols.values()];
  });
  const found = names.filter((name) => isContract(name) && rootOf(name) === day.root);
  if (found.length > 0) return [...new Set(found)].sort();
  throw noContract(task.symbol, task.dt, names);
}

function noContract(symbol: string, dt: string, names: readonly string[]): PipelineError {
  const there = names.slice(0, 8).join(", ") || "nothing that has a name";
  return new PipelineError(
    "no_contract",
    `Cannot find ${symbol} in the raw futures of ${dt}: they are of ${there}`,
  );
}

async function readFutures(work: StageWork, contracts: readonly string[]): Promise<void> {
  const { day, task } = work;
  const wanted = contracts.filter((contract) => work.isWanted(SET.FUTURE_MBO, contract));
  if (wanted.length === 0) return;
  const files = neededFiles(day, "futures");
  const opened = await openOrders(day, files);
  const named = opened.flatMap(({ symbols }) => [...symbols]);
  const instruments = new Map(wanted.map((contract) => {
    const own = named.filter(([, name]) => name === contract);
    return [contract, new Map(own.map(([id]) => [id, { symbol: contract, option: null }]))];
  }));
  const isThere = [...instruments.values()].every((own) => own.size > 0);
  if (!isThere) {
    for (const { feed } of opened) feed.close();
    throw noContract(task.symbol, task.dt, named.map(([, name]) => name));
  }
  await writeOrders(work, mergedFeed(opened.map(({ feed }) => feed)), {
    dataset: SET.FUTURE_MBO,
    contracts: instruments,
    inputs: rawInputs(day, files),
    mayLack: !isContract(task.symbol),
  });
}

async function readOptions(work: StageWork, contract: string): Promise<void> {
  const { day, task } = work;
  const { DEFINITIONS, STATISTICS, OPTION_MBO } = SET;
  const sets = [DEFINITIONS, STATISTICS, OPTION_MBO];
  if (!sets.some((dataset) => work.isWanted(dataset, contract))) return;
  const files = neededFiles(day, "definitions");
  const definitions = await definitionsIn(files);
  const options = optionsOn(contract, task.dt, definitions);
  if (options.length === 0) {
    if (!isContract(task.symbol)) return; // one of several contracts, without options of its own
    throw new PipelineError(
      "no_options",
      `Cannot find options on ${contract} that expire on ${task.dt} among ` +
        `${definitions.length} definitions`,
    );
  }
  if (work.isWanted(DEFINITIONS, contract)) {
    const frame = definitionTable(definitions, contract);
    work.put(DEFINITIONS, frame, rawInputs(day, files), contract);
  }
  const defined = work.input(DEFINITIONS, contract);
  if (work.isWanted(STATISTICS, contract)) {
    const stated = neededFiles(day, "statistics");
    const frame = statisticsTable(await statisticsIn(stated), options, contract, task.source);
    work.put(STATISTICS, frame, [defined, ...rawInputs(day, stated)], contract);
  }
  if (!work.isWanted(OPTION_MBO, contract)) return;
  const orders = neededFiles(day, "options");
  const opened = await openOrders(day, orders);
  const instruments = options.map((option) =>
    [option.instrumentId, { symbol: option.symbol, option }] as const
  );
  await writeOrders(work, mergedFeed(opened.map(({ feed }) => feed)), {
    dataset: OPTION_MBO,
    contracts: new Map([[contract, new Map(instruments)]]),
    inputs: [defined, ...rawInputs(day, orders)],
    mayLack: false,
  });
}

function optionsOn(
  contract: string,
  dt: string,
  rows: readonly DefinitionRow[],
): readonly DayOption[] {
  const definitions = new Definitions();
  for (const row of rows) definitions.take(row);
  return definitions.options(dt).filter(({ underlying }) => underlying === contract);
}

async function definitionsIn(files: readonly string[]): Promise<readonly DefinitionRow[]> {
  const rows: DefinitionRow[] = [];
  await readRecords(files, "definition", (view) => rows.push(definitionRow(view)));
  return rows;
}

async function statisticsIn(files: readonly string[]): Promise<readonly StatisticsRow[]> {
  const rows: StatisticsRow[] = [];
  await readRecords(files, "statistics", (view) => rows.push(statisticsRow(view)));
  return rows;
}

async function readRecords(
  files: readonly string[],
  record: string,
  take: (view: RecordView) => void,
): Promise<void> {
  for (const path of files) {
    const { readable } = await Deno.open(path);
    await decodeDbn(readable, {
      onRecord: (view) => {
        if (view.record === record) take(view);
      },
    });
  }
}
