import { Baselines } from "./_baselines.ts";
import { Candles } from "./_candles.ts";
import { Contracts } from "./_contracts.ts";
import { joinEquity } from "./_equity_join.ts";
import { InferredDarkDetector } from "./_inferred_dark.ts";
import { Linker } from "./_linker.ts";
import { MarketState } from "./_market_state.ts";
import { measurePacket, STOCK_WINDOW_MS } from "./_measure_packet.ts";
import { measureStructure } from "./_measure_structure.ts";
import type { Leg } from "./_measured.ts";
import type { Packet } from "./_packet.ts";
import { Packets } from "./_packets.ts";
import { Publisher } from "./_publisher.ts";
import { type Ordered, type RawRank, REORDER_CAP, ReorderBuffer } from "./_reorder.ts";
import type { Found } from "./_structure_search.ts";
import { TimerQueue } from "./_timers.ts";
import { enrich } from "./enrich.ts";
import type { EquityPrint, EquityQuote, OptionNbbo, RawOptionPrint } from "../frames/mod.ts";
import type { SignalProfile } from "./signal.ts";
import type { FlowConfig, FlowPipeline, FlowSink, ReferenceData } from "./sink.ts";

/** How far behind the newest record the watermark runs: disorder up to here changes nothing. */
const WATERMARK_LAG_MS = 250;
/** A packet's spot may be this old: quiet underlyings quote seldom, and a price does not run away. */
const SPOT_AGE_MS = 60_000;
const SWEEP_MS = 60_000;

/** Options of a pipeline. */
export interface FlowOptions {
  /** Event time from which every record is given, epoch ms; all of the tape when omitted. */
  readonly fromTs?: number;
  /** View that the signal flag of prints is for. */
  readonly signalProfile?: SignalProfile;
}

/** Counts and sizes for a status page. */
export interface FlowStats {
  /** Records given to the sink by stream. */
  readonly sent: Readonly<Record<string, number>>;
  /** Event time that everything before has been processed, epoch ms; -Infinity before the first. */
  readonly watermarkTs: number;
  /** Records that came after the watermark had passed them. */
  readonly late: number;
  /** Option prints whose contract id could not be read. */
  readonly unreadable: number;
  /** Prints too late for any candle. */
  readonly tooLateForCandles: number;
  /** Packets that were large enough for an event, and those that no profile was named for. */
  readonly candidates: number;
  readonly abstained: number;
  /** Entries of every bounded collection. */
  readonly sizes: Readonly<Record<string, number>>;
}

/**
 * The flow pipeline. Everything happens at its event time: records wait until the watermark has passed
 * them, timers fire between them, and no clock is read, so the same records give the same output in any
 * order within the watermark's lag and however often `advance` is called. What it remembers is bounded in
 * time ({@link flowMemoryMs}): pipelines that began at different times send the same rows after that.
 */
export class FlowEngine implements FlowPipeline {
  readonly #config: FlowConfig;
  readonly #reference: ReferenceData;
  readonly #signalProfile: SignalProfile;
  readonly #publisher: Publisher;
  readonly #buffer = new ReorderBuffer();
  readonly #timers = new TimerQueue();
  readonly #market: MarketState;
  readonly #contracts = new Contracts();
  readonly #baselines = new Baselines();
  readonly #dark = new InferredDarkDetector();
  readonly #packets: Packets;
  readonly #linker: Linker;
  readonly #candles: Candles;
  readonly #process: (rank: RawRank, record: Ordered) => void;
  #newestTs = -Infinity;
  #doneTs = -Infinity;
  #nowMs = -Infinity;
  #nextSweep = -Infinity;
  #late = 0;
  #unreadable = 0;

  constructor(
    config: FlowConfig,
    reference: ReferenceData,
    sink: FlowSink,
    options: FlowOptions = {},
  ) {
    this.#config = config;
    this.#market = new MarketState(config);
    this.#reference = reference;
    this.#signalProfile = options.signalProfile ?? "smart-money";
    this.#publisher = new Publisher(reference, sink);
    this.#linker = new Linker(this.#timers, {
      alone: (leg) => this.#resolveAlone(leg),
      structure: (found) => this.#resolveStructure(found),
      stockMatch: (legs) => this.#matchStock(legs),
    });
    this.#packets = new Packets(config, this.#timers, {
      opened: (packet) => this.#linker.opened(packet),
      closed: (packet, closeTs) => this.#closePacket(packet, closeTs),
    });
    this.#candles = new Candles(
      config.candleIntervalsMs,
      options.fromTs ?? -Infinity,
      this.#timers,
      (candle) => this.#publisher.sendOwn("candles", candle),
    );
    this.#process = (rank, record) => this.#handle(rank, record);
  }

  optionNbbo(record: OptionNbbo): void {
    this.#take(0, record);
  }

  optionPrint(record: RawOptionPrint): void {
    this.#take(2, record);
  }

  equityQuote(record: EquityQuote): void {
    this.#take(1, record);
  }

  equityPrint(record: EquityPrint): void {
    this.#take(3, record);
  }

  advance(tsMs: number): void {
    this.#drain(tsMs - 1);
  }

  stats(): FlowStats {
    return {
      sent: this.#publisher.sent,
      watermarkTs: this.#doneTs,
      late: this.#late,
      unreadable: this.#unreadable,
      tooLateForCandles: this.#candles.tooLate,
      candidates: this.#publisher.candidates,
      abstained: this.#publisher.abstained,
      sizes: {
        ...this.#market.sizes(),
        contracts: this.#contracts.size,
        baselines: this.#baselines.size,
        recent_contracts: this.#packets.recentCount,
        alerts: this.#publisher.alertCount,
        dark: this.#dark.size,
        candles: this.#candles.size,
        open_packets: this.#packets.openCount,
        waiting_legs: this.#linker.waiting,
        reorder: this.#buffer.size,
        timers: this.#timers.size,
      },
    };
  }

  #take(rank: RawRank, record: Ordered): void {
    if (record.ts <= this.#doneTs) {
      this.#late++;
      this.#nowMs = Math.max(this.#nowMs, this.#doneTs);
      this.#handle(rank, record);
      return;
    }
    this.#buffer.push(rank, record);
    if (record.ts > this.#newestTs) {
      this.#newestTs = record.ts;
      this.#drain(record.ts - WATERMARK_LAG_MS);
    }
    if (this.#buffer.size > REORDER_CAP) this.#drain(this.#buffer.nextTs());
  }

  /** Processes every record and timer up to `untilMs`, in order of event time. */
  #drain(untilMs: number): void {
    if (untilMs <= this.#doneTs) return;
    for (;;) {
      const recordTs = this.#buffer.nextTs();
      const timerAt = this.#timers.nextAt();
      if (timerAt < recordTs && timerAt <= untilMs) {
        this.#nowMs = Math.max(this.#nowMs, timerAt);
        this.#timers.fire();
      } else if (recordTs <= untilMs) {
        this.#nowMs = Math.max(this.#nowMs, recordTs);
        this.#buffer.shift(this.#process);
      } else break;
    }
    this.#doneTs = untilMs;
  }

  #handle(rank: RawRank, record: Ordered): void {
    if (record.ts >= this.#nextSweep) this.#sweep(record.ts);
    switch (rank) {
      case 0:
        this.#market.optionNbbo(record as OptionNbbo);
        this.#publisher.send("nbbo", record as OptionNbbo);
        return;
      case 1:
        this.#market.equityQuote(record as EquityQuote);
        this.#publisher.send("equity-quotes", record as EquityQuote);
        return;
      case 2:
        this.#handleOptionPrint(record as RawOptionPrint);
        return;
      case 3:
        this.#handleEquityPrint(record as EquityPrint);
        return;
    }
  }

  #handleOptionPrint(record: RawOptionPrint): void {
    const contract = this.#contracts.of(record.option_contract_id, record.ts);
    if (contract === null) {
      this.#unreadable++;
      return;
    }
    const isEtf = this.#reference.isEtf(contract.root);
    const print = enrich(
      record,
      contract,
      this.#market,
      this.#config,
      isEtf,
      this.#signalProfile,
    );
    this.#publisher.send("options", print);
    const spot = this.#market.spot(contract.root, record.ts, SPOT_AGE_MS);
    this.#packets.add(print, contract, spot === null ? null : spot.mid, this.#nowMs);
  }

  #handleEquityPrint(record: EquityPrint): void {
    this.#market.equityPrint(record);
    this.#publisher.send("equities", record);
    const now = Math.max(this.#nowMs, record.ts);
    const maxAge = this.#config.equityQuoteMaxAgeMs;
    const joined = joinEquity(record, this.#market, maxAge, now);
    this.#publisher.sendOwn("equity-joins", joined.record);
    this.#candles.print(record, now);
    const dark = this.#dark.print(record, joined, now);
    if (dark !== null) this.#publisher.sendOwn("inferred-dark", dark);
  }

  #closePacket(packet: Packet, closeTs: number): void {
    const leg = measurePacket(packet, closeTs, {
      market: this.#market,
      contracts: this.#contracts,
      baselines: this.#baselines,
      reference: this.#reference,
    });
    this.#linker.closed(leg);
  }

  #matchStock(legs: readonly Leg[]): boolean {
    const [first] = legs;
    if (first === undefined) return false;
    let size = 0;
    let start = Infinity;
    let end = -Infinity;
    for (const leg of legs) {
      size += leg.size / legs.length;
      start = Math.min(start, leg.startTs);
      end = Math.max(end, leg.endTs);
    }
    return this.#market.hasStockPrint(
      first.underlyingId,
      size,
      start - STOCK_WINDOW_MS,
      end + STOCK_WINDOW_MS,
    );
  }

  #resolveAlone(leg: Leg): void {
    const measured = leg.complex ? { ...leg, orphanLeg: true } : leg;
    this.#publisher.publish(measured, leg.expiryTs, this.#nowMs);
  }

  #resolveStructure(found: Found): void {
    const expiryTs = Math.min(...found.legs.map((leg) => leg.expiryTs));
    for (const leg of found.legs) this.#publisher.sendPacket(leg, false, this.#nowMs);
    this.#publisher.publish(measureStructure(found, this.#nowMs), expiryTs, this.#nowMs);
  }

  #sweep(tsMs: number): void {
    this.#nextSweep = (Math.floor(tsMs / SWEEP_MS) + 1) * SWEEP_MS;
    this.#market.sweep(tsMs);
    this.#contracts.sweep(tsMs);
    this.#baselines.sweep(tsMs);
    this.#packets.sweep(tsMs);
    this.#publisher.sweep(tsMs);
    this.#dark.sweep(tsMs);
  }
}
