import { arrayAs, type Frame, placeOf } from "../../../engine/frames/contract.ts";
import { instrumentFor } from "../../feeds/mod.ts";
import { LAKE, type LakeDataset } from "../contracts/mod.ts";
import {
  isComplete,
  PartitionError,
  type PartitionOf,
  PartitionReader,
  staleInputs,
} from "../partitions/mod.ts";
import type { Invariant } from "./invariant.ts";
import { LEVEL_LAWS } from "./level_laws.ts";
import { Minute, Rows } from "./minute.ts";
import { STRIKE_LAWS } from "./strike_laws.ts";
import { VALUE_LAWS } from "./value_laws.ts";
import { WINDOW_LAWS } from "./window_laws.ts";

/** Violations that are told with their keys. */
const TOLD = 10;
const MINUTE_NS = 60_000_000_000n;
const SECOND_NS = 1_000_000_000n;

/** Every law that rows are held to, by its number. */
export const INVARIANTS: readonly Invariant[] = [
  ...WINDOW_LAWS,
  ...LEVEL_LAWS,
  ...STRIKE_LAWS,
  ...VALUE_LAWS,
].sort((a, b) => a.number - b.number);

/** Number of the law that partitions are what their contracts and manifests say. */
const CONTRACT_LAW = 19;

/** A row or a partition that breaks a law. */
export interface Violation {
  readonly invariant: number;
  readonly dataset: string;
  readonly key: string;
  readonly what: string;
}

/** What a check of a session came to. */
export interface CheckReport {
  readonly violations: number;
  /** The first ten. */
  readonly first: readonly Violation[];
  /** Datasets that are there. */
  readonly datasets: number;
  /** Datasets that are not. */
  readonly missing: readonly string[];
  readonly rows: number;
}

/** Counts what is broken and keeps the first. */
class Findings {
  count = 0;
  readonly first: Violation[] = [];

  add(violation: Violation): void {
    this.count++;
    if (this.first.length < TOLD) this.first.push(violation);
  }
}

/**
 * Holds the tables of a contract and a date to every law, a minute at a time.
 *
 * @throws {FeedError} When no instrument fits the contract.
 */
export async function checkSession(lake: string, of: PartitionOf): Promise<CheckReport> {
  const found = new Findings();
  const all = [...LAKE.values()];
  const there = all.filter((dataset) => isComplete(lake, dataset, of));
  const readers: [LakeDataset, PartitionReader][] = [];
  let rows = 0;
  for (const dataset of there) {
    const reader = await openChecked(lake, dataset, of, found);
    if (reader === null) continue;
    rows += reader.manifest.row_count;
    if (dataset.table.key[0] === "window_end_ts_ns") readers.push([dataset, reader]);
  }
  const { config } = await instrumentFor("", of.symbol);
  const context = { tickInt: config.tick_int, isGenerated: of.source === "synthetic" };
  const checks = INVARIANTS.map(({ number, start }) => ({ number, check: start(context) }));
  for await (const minute of minutesOf(readers)) {
    for (const { number, check } of checks) {
      check(minute, (rows, row, what) => {
        found.add({ invariant: number, dataset: rows.table.name, key: rows.key(row), what });
      });
    }
  }
  const missing = all.filter((dataset) => !there.includes(dataset)).map(({ key }) => key);
  return { violations: found.count, first: found.first, datasets: there.length, missing, rows };
}

/** Opens a partition; what is not as its contract and manifest say is a finding. */
async function openChecked(
  lake: string,
  dataset: LakeDataset,
  of: PartitionOf,
  found: Findings,
): Promise<PartitionReader | null> {
  const tell = (what: string) => {
    const key = `${of.symbol} on ${of.dt}`;
    found.add({ invariant: CONTRACT_LAW, dataset: dataset.key, key, what });
  };
  try {
    const reader = await PartitionReader.open(lake, dataset, of);
    if (!reader.isUntouched()) {
      tell("its bytes are not those that were written");
      return null;
    }
    for (const input of staleInputs(lake, dataset, of)) {
      tell(`its input ${input.dataset} of ${input.dt} is another one now`);
    }
    return reader;
  } catch (error) {
    if (!(error instanceof PartitionError)) throw error;
    tell(error.message);
    return null;
  }
}

/** Rows of all tables together, minute by minute: row groups are cut there. */
async function* minutesOf(
  readers: readonly (readonly [LakeDataset, PartitionReader])[],
): AsyncGenerator<Minute> {
  const lanes = await Promise.all(readers.map(async ([dataset, reader]) => {
    const frames = reader.frames();
    const take = async () => {
      const { value, done } = await frames.next();
      return done ? null : value;
    };
    return { dataset, take, next: await take() };
  }));
  for (;;) {
    const minutes = lanes.map(({ dataset, next }) =>
      next === null ? null : minuteOf(dataset, next)
    );
    const first = minutes.reduce(
      (a, b) => a === null || (b !== null && b < a) ? b : a,
      null as bigint | null,
    );
    if (first === null) return;
    const rows = new Map<string, Rows>();
    for (const [i, lane] of lanes.entries()) {
      if (lane.next === null || minutes[i] !== first) continue;
      rows.set(lane.dataset.key, new Rows(lane.dataset.table, lane.next));
      lane.next = await lane.take();
    }
    yield new Minute(rows);
  }
}

function minuteOf({ table }: LakeDataset, { columns }: Frame): bigint {
  const name = "window_end_ts_ns";
  const ends = arrayAs(BigInt64Array, columns[placeOf(table.columns, name)], name);
  return ((ends[0] ?? 0n) - SECOND_NS) / MINUTE_NS;
}
