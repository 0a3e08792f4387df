import { newYorkNs, newYorkText } from "../../../engine/clock/mod.ts";
import type { MboBlock } from "../../../engine/dbn/mod.ts";
import {
  type MetricHistogramState,
  OnlineCalibration,
} from "../../../engine/surfaces/calibration/mod.ts";
import { SurfacePass } from "../../../engine/surfaces/pass/mod.ts";
import { type PartitionInput, partitionInput, PartitionReader } from "../partitions/mod.ts";
import {
  calibrationTable,
  histogramsIn,
  histogramTable,
  seenBetween,
} from "./calibration_tables.ts";
import { type DayMarket, openDayOrders, readDayMarket } from "./day_market.ts";
import { PipelineError } from "./pipeline_error.ts";
import { type SessionSpan, sessionSpan } from "./session_span.ts";
import type { StageWork } from "./stage_work.ts";
import { datasetsOf, isOfOptions, isOfWindows, SET } from "./tables.ts";
import { WindowTables } from "./window_tables.ts";

const PULL_RECORDS = 8_192;
const SECOND_NS = 1_000_000_000;

type Histograms = readonly MetricHistogramState[];

/** Sessions before the task's, and the partitions that tell of them. */
interface Earlier {
  readonly sessions: readonly Histograms[];
  readonly inputs: readonly PartitionInput[];
}

/**
 * Makes the tables of silver and gold of a contract and a date in one pass over its orders, those that are
 * not there yet: windows of the session, normalised by what sessions before it and the windows before saw.
 *
 * @throws {PartitionError} `input_not_ready` when bronze or an earlier session's histograms are not there.
 * @throws {PipelineError} `no_rows` when the session has no window, or a table no row.
 */
export async function runSurfaces(work: StageWork): Promise<void> {
  const wanted = datasetsOf(work.task).filter((dataset) => work.isWanted(dataset));
  if (wanted.length === 0) return;
  if (wanted.some(isOfOptions)) work.input(SET.OPTION_MBO);
  const market = await readDayMarket(work);
  const { symbol, session, dt } = work.task;
  if (wanted.includes(SET.STATISTICS_CLEAN) && market.openInterest !== null) {
    const inputs = [work.input(SET.DEFINITIONS), work.input(SET.STATISTICS)];
    work.put(SET.STATISTICS_CLEAN, market.openInterest, inputs);
  }
  const earlier = await readEarlier(work);
  if (wanted.includes(SET.CALIBRATION)) {
    work.put(SET.CALIBRATION, calibrationTable(earlier.sessions, session, dt), earlier.inputs);
  }
  const ofWindows = wanted.filter(isOfWindows);
  if (ofWindows.length === 0 && !wanted.includes(SET.HISTOGRAMS)) return;
  const tables = new WindowTables(work, ofWindows);
  try {
    const seen = await passOver(work, market, { earlier: earlier.sessions, tables });
    tables.commit([...market.inputs, ...earlier.inputs]);
    if (!wanted.includes(SET.HISTOGRAMS)) return;
    const writer = work.writer(SET.HISTOGRAMS);
    writer.add(histogramTable(seen));
    work.commit(SET.HISTOGRAMS, symbol, writer, market.inputs);
  } finally {
    tables.abort();
  }
}

/** @returns What the windows of the session held of every metric. */
async function passOver(
  work: StageWork,
  market: DayMarket,
  { earlier, tables }: { earlier: readonly Histograms[]; tables: WindowTables },
): Promise<Histograms> {
  const { dt, session, source } = work.task;
  const span = sessionSpan(dt, session);
  const baseNs = newYorkNs(dt, "00:00");
  const [fromNs, toNs] = [Number(span.fromNs - baseNs), Number(span.toNs - baseNs)];
  let before: Histograms | null = null;
  const pass = new SurfacePass({
    baseNs,
    future: market.future,
    chain: market.chain,
    isGenerated: source === "synthetic",
    earlier,
    onWindow: (closed) => {
      const { endNs } = closed.windows;
      if (endNs - SECOND_NS < fromNs || endNs > toNs) return;
      before ??= closed.calibration.seen();
      tables.take(closed);
    },
  });
  const feed = await openDayOrders(work, market);
  const mbo = (block: MboBlock) => {
    work.records += block.count;
    pass.take(block);
  };
  try {
    let got = await feed.pull(span.toNs, PULL_RECORDS, { mbo });
    while (got === "more") got = await feed.pull(span.toNs, PULL_RECORDS, { mbo });
    if (got === "ended") pass.finish();
    else pass.closeUntil(toNs);
  } finally {
    feed.close();
  }
  if (before === null) throw noWindow(work, pass, span);
  return seenBetween(before, pass.calibration.seen());
}

function noWindow({ task }: StageWork, pass: SurfacePass, span: SessionSpan): PipelineError {
  const { endNs } = pass.windows;
  const end = Number.isNaN(endNs)
    ? "there is no record"
    : `the records end at ${newYorkText(pass.endNs)}`;
  return new PipelineError(
    "no_rows",
    `Cannot find a window of ${task.symbol} from ${
      newYorkText(span.fromNs)
    } on for ${task.session}: ${end}`,
  );
}

async function readEarlier({ lake, task }: StageWork): Promise<Earlier> {
  const empty = new OnlineCalibration().seen();
  const sessions: Histograms[] = [];
  const inputs: PartitionInput[] = [];
  for (const dt of task.earlier) {
    const place = { source: task.source, symbol: task.symbol, dt };
    inputs.push(partitionInput(lake, SET.HISTOGRAMS, place));
    const reader = await PartitionReader.open(lake, SET.HISTOGRAMS, place);
    const frame = await reader.read({ from: 0, to: reader.manifest.row_count });
    sessions.push(histogramsIn(frame, empty));
  }
  return { sessions, inputs };
}
