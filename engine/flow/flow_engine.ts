import { Alerts } from "./_alerts.ts";
import { Baselines } from "./_baselines.ts";
import { Candles } from "./_candles.ts";
import { Contracts } from "./_contracts.ts";
import { joinEquity } from "./_equity_join.ts";
import { buildEvent, buildHit, hitScores } from "./_event.ts";
import { eventContext } from "./_event_calendar.ts";
import { InferredDarkDetector } from "./_inferred_dark.ts";
import { Linker } from "./_linker.ts";
import { MarketState } from "./_market_state.ts";
import { measurePacket, STOCK_WINDOW_MS } from "./_measure_packet.ts";
import { measureStructure } from "./_measure_structure.ts";
import type { Leg, Measured } from "./_measured.ts";
import type { Packet } from "./_packet.ts";
import { packetFeatures } from "./_packet_features.ts";
import { Packets } from "./_packets.ts";
import { publicFeatures } from "./_public_features.ts";
import { type Ordered, type RawRank, REORDER_CAP, ReorderBuffer } from "./_reorder.ts";
import type { Found } from "./_structure_search.ts";
import { TimerQueue } from "./_timers.ts";
import { enrich } from "./enrich.ts";
import { factsOf } from "./facts.ts";
import type {
  EquityPrint,
  EquityQuote,
  FlowPacket,
  OptionNbbo,
  RawOptionPrint,
  StreamName,
  StreamRecords,
} from "./records.ts";
import { isCandidateSize, quoteQuality, scoreProfiles } from "./scoring/mod.ts";
import type { SignalProfile } from "./signal.ts";
import type { FlowConfig, FlowPipeline, FlowSink, ReferenceData } from "./sink.ts";

/** How far behind the newest record the watermark runs: disorder up to here changes nothing. */
export const WATERMARK_LAG_MS = 250;
/** A packet's spot may be this old: quiet underlyings quote seldom, and a price does not run away. */
const SPOT_AGE_MS = 60_000;
const SWEEP_MS = 600_000;

/** Streams that are made here, with a number of their own. */
export const DERIVED_STREAMS = [
  "equity-joins",
  "candles",
  "inferred-dark",
  "flow",
  "smart-money",
  "classifier-hits",
  "alerts",
] as const;
export type DerivedStream = (typeof DERIVED_STREAMS)[number];

/** Options of a pipeline. */
export interface FlowOptions {
  /** First seq of each derived stream; 0 when not given. */
  readonly firstSeq?: Partial<Record<DerivedStream, number>>;
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
 * order within the watermark's lag and however often `advance` is called.
 */
export class FlowEngine implements FlowPipeline {
  readonly #config: FlowConfig;
  readonly #reference: ReferenceData;
  readonly #sink: FlowSink;
  readonly #signalProfile: SignalProfile;
  readonly #seq: Record<DerivedStream, number>;
  readonly #sent: Record<string, number> = {};
  readonly #buffer = new ReorderBuffer();
  readonly #timers = new TimerQueue();
  readonly #market = new MarketState();
  readonly #contracts = new Contracts();
  readonly #baselines = new Baselines();
  readonly #alerts = new Alerts();
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
  #candidates = 0;
  #abstained = 0;

  constructor(
    config: FlowConfig,
    reference: ReferenceData,
    sink: FlowSink,
    options: FlowOptions = {},
  ) {
    this.#config = config;
    this.#reference = reference;
    this.#sink = sink;
    this.#signalProfile = options.signalProfile ?? "smart-money";
    this.#seq = {
      "equity-joins": 0,
      "candles": 0,
      "inferred-dark": 0,
      "flow": 0,
      "smart-money": 0,
      "classifier-hits": 0,
      "alerts": 0,
      ...options.firstSeq,
    };
    this.#linker = new Linker(this.#timers, {
      alone: (leg) => this.#resolveAlone(leg),
      structure: (found) => this.#resolveStructure(found),
      stockMatch: (legs) => this.#matchStock(legs),
    });
    this.#packets = new Packets(config, this.#timers, {
      opened: (packet) => this.#linker.opened(packet),
      closed: (packet, closeTs) => this.#closePacket(packet, closeTs),
    });
    this.#candles = new Candles(config.candleIntervalsMs, this.#timers, (candle, readyTs) => {
      this.#send("candles", { ...candle, ingest_ts: readyTs, seq: this.#seq["candles"]++ });
    });
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
      sent: { ...this.#sent },
      watermarkTs: this.#doneTs,
      late: this.#late,
      unreadable: this.#unreadable,
      tooLateForCandles: this.#candles.tooLate,
      candidates: this.#candidates,
      abstained: this.#abstained,
      sizes: {
        ...this.#market.sizes(),
        contracts: this.#contracts.size,
        baselines: this.#baselines.size,
        volatilities: this.#packets.ivCount,
        alerts: this.#alerts.size,
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
        this.#send("nbbo", record as OptionNbbo);
        return;
      case 1:
        this.#market.equityQuote(record as EquityQuote);
        this.#send("equity-quotes", record as EquityQuote);
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
    this.#send("options", print);
    const spot = this.#market.spot(contract.root, record.ts, SPOT_AGE_MS);
    this.#packets.add(print, contract, spot === null ? null : spot.mid, this.#nowMs);
  }

  #handleEquityPrint(record: EquityPrint): void {
    this.#market.equityPrint(record);
    this.#send("equities", record);
    const now = Math.max(this.#nowMs, record.ts);
    const maxAge = this.#config.equityQuoteMaxAgeMs;
    const joined = joinEquity(record, this.#market, maxAge, now, this.#seq["equity-joins"]++);
    this.#send("equity-joins", joined.record);
    this.#candles.print(record, now);
    const dark = this.#dark.print(record, joined, now, this.#seq["inferred-dark"]);
    if (dark === null) return;
    this.#seq["inferred-dark"]++;
    this.#send("inferred-dark", dark);
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
    this.#publish(measured, leg.expiryTs);
  }

  #resolveStructure(found: Found): void {
    const expiryTs = Math.min(...found.legs.map((leg) => leg.expiryTs));
    for (const leg of found.legs) this.#sendPacket(leg, false);
    this.#publish(measureStructure(found, this.#nowMs), expiryTs);
  }

  /** Sends a packet and, when it is large enough, its event, hits and alert. */
  #publish(measured: Measured, expiryTs: number): void {
    const context = eventContext(
      this.#reference,
      measured.underlyingId,
      measured.endTs,
      expiryTs,
    );
    const packet = this.#sendPacket(measured, context.pastEvent);
    if (!isCandidateSize(measured.premium, measured.size)) return;
    this.#candidates++;
    const features = publicFeatures(measured, context);
    const facts = factsOf(packet.features, features);
    const scoring = scoreProfiles(facts);
    const event = buildEvent(
      measured,
      features,
      scoring,
      this.#nowMs,
      this.#seq["smart-money"]++,
    );
    this.#send("smart-money", event);
    if (event.abstained) {
      this.#abstained++;
      return;
    }
    const hits = hitScores(event);
    for (const score of hits) {
      this.#send("classifier-hits", buildHit(event, score, this.#seq["classifier-hits"]++));
    }
    const alert = this.#alerts.of(event, hits, quoteQuality(facts), this.#seq["alerts"]);
    if (alert === null) return;
    this.#seq["alerts"]++;
    this.#send("alerts", alert);
  }

  #sendPacket(measured: Measured, pastEvent: boolean): FlowPacket {
    const { last } = measured;
    const packet: FlowPacket = {
      source_ts: measured.startTs,
      ingest_ts: this.#nowMs,
      seq: this.#seq["flow"]++,
      trace_id: measured.id,
      id: measured.id,
      members: measured.members,
      features: packetFeatures(measured, pastEvent),
      join_quality: {
        nbbo_age_ms: last.execution_nbbo_age_ms ?? -1,
        nbbo_missing: measured.missing,
        nbbo_stale: measured.stale,
        underlying_quote_age_ms: last.execution_underlying_age_ms ?? -1,
        underlying_missing: last.execution_underlying_ts === null ? 1 : 0,
      },
    };
    this.#send("flow", packet);
    return packet;
  }

  #sweep(tsMs: number): void {
    this.#nextSweep = (Math.floor(tsMs / SWEEP_MS) + 1) * SWEEP_MS;
    this.#market.sweep(tsMs);
    this.#contracts.sweep(tsMs);
    this.#baselines.sweep(tsMs);
    this.#packets.sweep(tsMs);
    this.#alerts.sweep(tsMs);
    this.#dark.sweep(tsMs);
  }

  #send<S extends StreamName>(stream: S, record: StreamRecords[S]): void {
    this.#sent[stream] = (this.#sent[stream] ?? 0) + 1;
    this.#sink(stream, record);
  }
}
