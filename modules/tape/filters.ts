import type { StreamName, StreamRecords } from "../../engine/frames/mod.ts";
import type { OptionFilters, SmartMoneyFilters, StreamFilters } from "./queries.ts";
import type { RowFilter } from "./tape_store_types.ts";

/** Parameters that every stream's filters have. */
interface Common {
  readonly underlying_id?: string | undefined;
  readonly underlying_ids?: readonly string[] | undefined;
  readonly source?: string | undefined;
}

/** Symbol of a row's underlying; empty when the row names none. */
export function underlyingOf<S extends StreamName>(row: StreamRecords[S]): string {
  if ("underlying_id" in row) return row.underlying_id;
  if ("features" in row) return String(row.features["underlying_id"] ?? "");
  return rootOf(row.option_contract_id);
}

/** Symbol at the head of a contract id. */
function rootOf(contractId: string): string {
  const end = contractId.indexOf("-");
  return end < 0 ? contractId : contractId.slice(0, end);
}

type Test<S extends StreamName> = (row: StreamRecords[S]) => boolean;

function common<S extends StreamName>(filters: Common): Test<S>[] {
  const tests: Test<S>[] = [];
  const { underlying_id, underlying_ids, source } = filters;
  if (underlying_id !== undefined || underlying_ids !== undefined) {
    const symbols = new Set(underlying_ids ?? []);
    if (underlying_id !== undefined) symbols.add(underlying_id);
    tests.push((row) => symbols.has(underlyingOf(row)));
  }
  if (source !== undefined) tests.push((row) => row.trace_id.startsWith(source));
  return tests;
}

function ofOptions(filters: OptionFilters): Test<"options">[] {
  const tests = common<"options">(filters);
  const { side, type, min_notional, option_contract_id } = filters;
  const view = filters.view ?? (option_contract_id === undefined ? "signal" : "raw");
  if (view === "signal") tests.push((row) => row.signal_pass);
  const security = filters.security ?? (view === "signal" ? "stock" : "all");
  if (security !== "all") tests.push((row) => row.is_etf === (security === "etf"));
  if (side !== undefined) {
    const sides = new Set(side);
    tests.push((row) => sides.has(row.nbbo_side));
  }
  if (type !== undefined) {
    const types = new Set(type);
    tests.push((row) => types.has(row.option_type));
  }
  if (min_notional !== undefined) tests.push((row) => row.notional >= min_notional);
  if (option_contract_id !== undefined) {
    tests.push((row) => row.option_contract_id === option_contract_id);
  }
  return tests;
}

function ofSmartMoney(filters: SmartMoneyFilters): Test<"smart-money">[] {
  const tests = common<"smart-money">(filters);
  const { profile, direction, min_probability, include_abstained, since_ts } = filters;
  if (since_ts !== undefined) tests.push((row) => row.source_ts >= since_ts);
  if (profile !== undefined) {
    const profiles = new Set<string | null>(profile);
    tests.push((row) => profiles.has(row.primary_profile_id));
  }
  if (direction !== undefined) {
    const directions = new Set(direction);
    tests.push((row) => directions.has(row.primary_direction));
  }
  if (min_probability !== undefined) {
    tests.push((row) => (row.profile_scores[0]?.probability ?? 0) >= min_probability);
  }
  if (include_abstained === false) tests.push((row) => !row.abstained);
  return tests;
}

function ofEquities(filters: StreamFilters["equities"]): Test<"equities">[] {
  const tests = common<"equities">(filters);
  const { venue, off_exchange } = filters;
  if (venue !== undefined) {
    const venues = new Set(venue);
    tests.push((row) => venues.has(row.exchange));
  }
  if (off_exchange !== undefined) tests.push((row) => row.offExchangeFlag === off_exchange);
  return tests;
}

/** Tests of each stream's filters. */
const TESTS: { readonly [S in StreamName]: (filters: StreamFilters[S]) => Test<S>[] } = {
  options: ofOptions,
  "smart-money": ofSmartMoney,
  equities: ofEquities,
  nbbo: (filters) => [...common<"nbbo">(filters), ...byContract<"nbbo">(filters)],
  flow: (filters) => {
    const tests = common<"flow">(filters);
    const wanted = filters.option_contract_id;
    if (wanted !== undefined) {
      tests.push((row) => row.features["option_contract_id"] === wanted);
    }
    return tests;
  },
  candles: (filters) => {
    const tests = common<"candles">(filters);
    const wanted = filters.interval_ms;
    if (wanted !== undefined) tests.push((row) => row.interval_ms === wanted);
    return tests;
  },
  alerts: (filters) => {
    const tests = common<"alerts">(filters);
    const { severity } = filters;
    if (severity !== undefined) tests.push((row) => severity.includes(row.severity));
    return tests;
  },
  "equity-quotes": (filters) => common(filters),
  "equity-joins": (filters) => common(filters),
  "inferred-dark": (filters) => common(filters),
  "classifier-hits": (filters) => common(filters),
};

function byContract<S extends "nbbo" | "options">(
  filters: { readonly option_contract_id?: string | undefined },
): Test<S>[] {
  const wanted = filters.option_contract_id;
  return wanted === undefined ? [] : [(row) => row.option_contract_id === wanted];
}

/**
 * The test that a stream's parsed filters stand for; undefined when every row passes. The same for
 * pages and for sockets.
 */
export function rowFilter<S extends StreamName>(
  stream: S,
  filters: StreamFilters[S],
): RowFilter<S> | undefined {
  const tests = TESTS[stream](filters);
  if (tests.length === 0) return undefined;
  return (row) => tests.every((test) => test(row));
}
