import { dirname, join } from "node:path";
import { newYorkNs } from "../../engine/clock/mod.ts";
import {
  type DbnRecordInput,
  encodeMetadata,
  encodeRecord,
  newMetadata,
  schemaId,
  type SchemaName,
} from "../../engine/dbn/mod.ts";
import { ArrowFile, type Column } from "../../engine/frames/mod.ts";
import { clockPhase, type PresetId, sessionById, sessionMinute } from "../../engine/regime/mod.ts";
import { SYNTH_DATASET, SYNTH_FUTURE } from "../../engine/tape/futures/mod.ts";
import {
  definitionRecords,
  SessionTape,
  statisticsRecords,
  SYNTH_OPTIONS,
} from "../../engine/tape/session/mod.ts";
import { PartFile, type WrittenFile } from "./part_file.ts";

const NS_PER_HOUR = 3_600_000_000_000n;
const NS_PER_MIN = 60_000_000_000;
const NS_PER_MS = 1_000_000n;
/** Ten truth rows a second. */
const TRUTH_NS = 100_000_000;
const TRUTH_ROWS = 600;

const TRUTH_COLUMNS: readonly Column[] = [
  { name: "ts_ns", type: "i64", unit: "ns", meaning: "Time of the row since 1970 UTC" },
  { name: "latent_ticks", type: "f64", unit: "ticks", meaning: "Price that the flow leans to" },
  { name: "regime", type: "utf8", unit: "", meaning: "Regime in force" },
  { name: "phase", type: "utf8", unit: "", meaning: "Phase of the session, by the clock" },
  { name: "volatility", type: "f64", unit: "", meaning: "Multiple of the base volatility" },
  { name: "atm_iv", type: "f64", unit: "", meaning: "Annual volatility at the money" },
  { name: "skew", type: "f64", unit: "", meaning: "Rho of the volatilities over strikes" },
];

/** What goes into the files of a session. */
export interface SessionFilesOptions {
  readonly seed: number;
  readonly preset: PresetId;
  /** Trading day in New York, YYYY-MM-DD. */
  readonly dt: string;
  /** Time of the snapshot, ns since 1970 UTC, before the close of the day. */
  readonly startNs: bigint;
  /** Length, minutes, an integer > 0. */
  readonly minutes: number;
  /** Root of the lake. */
  readonly lake: string;
  readonly isCompressed: boolean;
}

/** A file of a session. */
export interface SessionFile extends WrittenFile {
  /** Records, or rows. */
  readonly records: number;
}

/** Trading hours of a New York date, ns; null when it is no trading day. */
export function tradingHours(dt: string): { openNs: bigint; closeNs: bigint } | null {
  try {
    const { openTs, closeTs } = sessionById(Number(dt.replaceAll("-", "")) * 10);
    const openNs = BigInt(openTs) * NS_PER_MS;
    if (openNs !== newYorkNs(dt, "09:30")) return null;
    return { openNs, closeNs: BigInt(closeTs) * NS_PER_MS };
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/**
 * Writes a session of future and options into a lake's raw layer: definitions, statistics, orders of the future and of
 * the options, and what is true behind them. Every file is there whole or not at all.
 *
 * @param onProgress Called about every second of market time with the share done, 0..1.
 * @throws {RangeError} When the day is no trading day.
 */
export async function writeSessionFiles(
  options: SessionFilesOptions,
  onProgress: (share: number, records: number) => void = () => {},
): Promise<SessionFile[]> {
  const files = new SessionFiles(options);
  try {
    files.write(onProgress);
    return await files.finish();
  } catch (error) {
    await files.discard();
    throw error;
  }
}

class SessionFiles {
  readonly #options: SessionFilesOptions;
  readonly #tape: SessionTape;
  readonly #openNs: bigint;
  readonly #closeNs: bigint;
  readonly #files: PartFile[] = [];
  readonly #records: number[] = [];

  constructor(options: SessionFilesOptions) {
    const hours = tradingHours(options.dt);
    if (hours === null) {
      throw new RangeError(`Cannot make a session as ${options.dt} is no trading day`);
    }
    this.#options = options;
    this.#openNs = hours.openNs;
    this.#closeNs = hours.closeNs;
    const { seed, preset, startNs } = options;
    this.#tape = new SessionTape({ seed, preset, startNs, expirationNs: hours.closeNs });
  }

  write(onProgress: (share: number, records: number) => void): void {
    const day = this.#options.dt.replaceAll("-", "");
    const orders = (type: string) => `product_type=${type}/symbol=ES/table=market_by_order_dbn`;
    const { symbols } = this.#tape.listing;
    const all = [SYNTH_FUTURE.symbol, ...symbols];
    const [future, options] = [this.#tape.writer(), this.#tape.writer()];
    const publishedNs = this.#openNs - NS_PER_HOUR;

    const futureFile = this.#dbn(
      `${orders("future_mbo")}/${SYNTH_FUTURE.symbol}.${day}.mbo.dbn`,
      "mbo",
      [SYNTH_FUTURE.symbol],
    );
    const optionFile = this.#dbn(
      `${orders("future_option_mbo")}/ES0DTE.${day}.mbo.dbn`,
      "mbo",
      symbols,
    );
    // Opens the market: settlements are what things are worth then.
    this.#tape.generate(0, future, options);
    this.#table(
      `dataset=definition/ES.${day}.definition.dbn`,
      "definition",
      all,
      definitionRecords(this.#tape, publishedNs),
    );
    this.#table(
      `product_type=future_option_mbo/symbol=ES/table=statistics/ES.${day}.statistics.dbn`,
      "statistics",
      all,
      statisticsRecords(this.#tape, publishedNs),
    );
    const truth = this.#file(`dataset=truth/truth.${day}.arrow`);
    const rows = new TruthRows(this.#tape, this.#options.dt, (bytes) => truth.write(bytes));

    const chunks = this.#options.minutes * (NS_PER_MIN / TRUTH_NS);
    for (let i = 1; i <= chunks; i++) {
      rows.add((i - 1) * TRUTH_NS);
      this.#tape.generate(i * TRUTH_NS, future, options);
      if (i % 10 !== 0) continue;
      futureFile.write(future.bytes());
      optionFile.write(options.bytes());
      this.#records[0]! += future.count;
      this.#records[1]! += options.count;
      future.reset();
      options.reset();
      onProgress(i / chunks, this.#records[0]! + this.#records[1]!);
    }
    rows.end();
    this.#records[4] = chunks;
  }

  async finish(): Promise<SessionFile[]> {
    const written: SessionFile[] = [];
    for (const [i, file] of this.#files.entries()) {
      written.push({ ...await file.finish(), records: this.#records[i]! });
      // A day has one file: what an earlier run left in the other form is not part of this one.
      const { path } = file;
      if (path.endsWith(".arrow")) continue;
      const other = path.endsWith(".zst") ? path.slice(0, -".zst".length) : `${path}.zst`;
      await Deno.remove(other).catch(() => {});
    }
    return written;
  }

  async discard(): Promise<void> {
    for (const file of this.#files) await file.discard();
  }

  /** Begins a file with the metadata of its symbols. */
  #dbn(name: string, schema: SchemaName, symbols: readonly string[]): PartFile {
    const file = this.#file(this.#options.isCompressed ? `${name}.zst` : name);
    const { dt, startNs, minutes } = this.#options;
    const startDate = Number(dt.replaceAll("-", ""));
    const nextDay = new Date(Date.parse(`${dt}T00:00:00Z`) + 86_400_000).toISOString();
    const endDate = Number(nextDay.slice(0, 10).replaceAll("-", ""));
    file.write(encodeMetadata(newMetadata({
      dataset: SYNTH_DATASET,
      schema: schemaId(schema),
      startNs,
      endNs: startNs + BigInt(minutes * NS_PER_MIN),
      symbols: [...symbols],
      mappings: symbols.map((rawSymbol) => ({
        rawSymbol,
        intervals: [{ startDate, endDate, symbol: String(this.#idOf(rawSymbol)) }],
      })),
    })));
    return file;
  }

  #table(
    name: string,
    schema: SchemaName,
    symbols: readonly string[],
    records: Iterable<DbnRecordInput>,
  ): void {
    const file = this.#dbn(name, schema, symbols);
    const at = this.#files.length - 1;
    for (const record of records) {
      file.write(encodeRecord(record));
      this.#records[at]!++;
    }
  }

  #idOf(symbol: string): number {
    if (symbol === SYNTH_FUTURE.symbol) return SYNTH_FUTURE.instrumentId;
    return SYNTH_OPTIONS.firstId + this.#tape.listing.symbols.indexOf(symbol);
  }

  #file(name: string): PartFile {
    const path = join(this.#options.lake, "raw", "source=synthetic", name);
    Deno.mkdirSync(dirname(path), { recursive: true });
    const file = new PartFile(path);
    this.#files.push(file);
    this.#records.push(0);
    return file;
  }
}

/** What is true behind the records, in batches of a minute. */
class TruthRows {
  readonly #tape: SessionTape;
  readonly #file: ArrowFile;
  readonly #session;
  readonly #ns = new BigInt64Array(TRUTH_ROWS);
  readonly #numbers = [0, 1, 2, 3].map(() => new Float64Array(TRUTH_ROWS));
  readonly #regimes = new Array<string>(TRUTH_ROWS).fill("");
  readonly #phases = new Array<string>(TRUTH_ROWS).fill("");
  #rows = 0;

  constructor(tape: SessionTape, dt: string, write: (bytes: Uint8Array) => void) {
    this.#tape = tape;
    this.#session = sessionById(Number(dt.replaceAll("-", "")) * 10);
    this.#file = new ArrowFile(TRUTH_COLUMNS, write);
  }

  /** Takes the present state. @param offsetNs Time of the row from the tape's base. */
  add(offsetNs: number): void {
    const tape = this.#tape;
    const at = this.#rows++;
    this.#ns[at] = tape.baseNs + BigInt(offsetNs);
    [tape.latentTicks, tape.volatility, tape.atmVolatility, tape.skew].forEach((value, i) => {
      this.#numbers[i]![at] = value;
    });
    this.#regimes[at] = tape.regime;
    const session = this.#session;
    const tsMs = Number(this.#ns[at]! / NS_PER_MS);
    this.#phases[at] = clockPhase(sessionMinute(session, tsMs), session.minutes);
    if (this.#rows === TRUTH_ROWS) this.#flush();
  }

  end(): void {
    if (this.#rows > 0) this.#flush();
    this.#file.end();
  }

  #flush(): void {
    const rows = this.#rows;
    const [latent, volatility, atm, skew] = this.#numbers.map((column) => column.subarray(0, rows));
    const columns = [
      this.#ns.subarray(0, rows),
      latent!,
      this.#regimes.slice(0, rows),
      this.#phases.slice(0, rows),
      volatility!,
      atm!,
      skew!,
    ];
    this.#file.batch(columns, columns.map(() => null), rows);
    this.#rows = 0;
  }
}
