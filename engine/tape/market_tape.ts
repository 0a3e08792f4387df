import type { RawSink } from "../frames/mod.ts";
import {
  type ControlEntry,
  type ControlTimeline,
  etDays,
  etTime,
  type Session,
  sessionAt,
  SessionMarket,
  type SyntheticCoverageState,
  tradingDayFrom,
} from "../regime/mod.ts";
import { EquitiesTape, type EquityOutput } from "./equities/mod.ts";
import type { Load, TapeClock, TapeSource } from "./market_tape_types.ts";
import { type Label, LabelMemory, type OptionsOutput, OptionsTape } from "./options/mod.ts";
import { CoupledPath, SessionSchedule } from "./schedule/mod.ts";

const SECOND_MS = 1_000;
const OPEN_MINUTE = 9 * 60 + 30;

/** What a market tape is made with. */
export interface MarketTapeOptions {
  readonly clock: TapeClock;
  readonly load: Load;
  readonly timeline: ControlTimeline;
}

/** Everything of the session that the position lies in. */
interface Parts {
  readonly session: Session;
  readonly schedule: SessionSchedule;
  readonly path: CoupledPath;
  options: OptionsTape;
  equities: EquitiesTape;
}

/** A position that is no whole second, or a control entry that comes too late. */
export class TapePositionError extends RangeError {
  override readonly name = "TapePositionError";
  readonly code = "bad_position";
}

/**
 * The synthetic exchange: option quotes and prints, equity quotes and prints of session after session. The
 * records of a second are a pure function of the clock, the load, the control timeline and the second.
 */
export class MarketTape implements TapeSource {
  readonly #clock: TapeClock;
  readonly #load: Load;
  readonly #options: OptionsOutput = { quotes: [], prints: [] };
  readonly #equities: EquityOutput = { quotes: [], prints: [] };
  readonly #labels = new LabelMemory();
  #timeline: ControlTimeline;
  #position = 0;
  #parts: Parts | null = null;

  constructor({ clock, load, timeline }: MarketTapeOptions) {
    this.#clock = clock;
    this.#load = load;
    this.#timeline = timeline;
  }

  /** Epoch ms up to which everything was emitted. */
  get position(): number {
    return this.#position;
  }

  /** Every control entry so far. */
  get timeline(): ControlTimeline {
    return this.#timeline;
  }

  sessionAt(tsMs: number): Session | null {
    return sessionAt(tsMs, this.#clock);
  }

  /** @throws {TapePositionError} When `tsMs` is no whole second. */
  seek(tsMs: number): void {
    if (!Number.isInteger(tsMs / SECOND_MS)) {
      throw new TapePositionError(`Cannot seek as this is no whole second: ${tsMs}`);
    }
    // Parents that are built already could not follow a control entry that is still to come.
    if (tsMs < this.#position) this.#parts = null;
    this.#position = tsMs;
  }

  /** @throws {TapePositionError} When `untilMs` is no whole second. */
  advance(untilMs: number, sink: RawSink): void {
    if (!Number.isInteger(untilMs / SECOND_MS)) {
      throw new TapePositionError(`Cannot stop as this is no whole second: ${untilMs}`);
    }
    while (this.#position < untilMs) {
      const parts = this.#partsAt(this.#position);
      if (parts === null) {
        this.#position = Math.min(untilMs, nextOpen(this.#position));
        continue;
      }
      const until = Math.min(untilMs, parts.session.closeTs);
      for (; this.#position < until; this.#position += SECOND_MS) {
        parts.options.second(this.#position, this.#options);
        parts.equities.second(this.#position, this.#equities);
        emitInOrder(this.#options, this.#equities, sink);
      }
    }
  }

  /** @throws {TapePositionError} When the entry would change what was emitted. */
  control(entry: ControlEntry): void {
    const last = this.#timeline.at(-1)?.activate_at ?? -Infinity;
    if (entry.activate_at < this.#position || entry.activate_at < last) {
      throw new TapePositionError(
        `Cannot take a control entry as its time has passed: ${entry.activate_at}`,
      );
    }
    this.#timeline = [...this.#timeline, entry];
    const parts = this.#parts;
    if (parts === null) return;
    parts.schedule.addControl(entry);
    parts.options = this.#optionsTape(parts.path, parts.schedule);
    parts.equities = new EquitiesTape(parts.path, parts.schedule, this.#load);
  }

  /** Latent market of the session at the position, or null while the exchange is closed. */
  market(): SessionMarket | null {
    return this.#partsAt(this.#position)?.schedule.market ?? null;
  }

  /** Labelled parents of the session at the position, or null while the exchange is closed. */
  schedule(): SessionSchedule | null {
    return this.#partsAt(this.#position)?.schedule ?? null;
  }

  /** Price path of the session at the position, or null while the exchange is closed. */
  path(): CoupledPath | null {
    return this.#partsAt(this.#position)?.path ?? null;
  }

  /** Parents up to the position by what they were meant as, in the last minutes. */
  coverage(windowMinutes: number): SyntheticCoverageState | null {
    return this.schedule()?.coverage.stateAt(this.#position, windowMinutes) ?? null;
  }

  /** What the generator meant by an option print of the last hour. */
  label(traceId: string): Label | null {
    return this.#labels.get(traceId);
  }

  #partsAt(tsMs: number): Parts | null {
    const session = this.sessionAt(tsMs);
    if (session === null) return null;
    if (this.#parts?.session.id === session.id) return this.#parts;
    const market = new SessionMarket(session, this.#timeline, this.#clock);
    const schedule = new SessionSchedule(market);
    const path = new CoupledPath(schedule);
    this.#parts = {
      session,
      schedule,
      path,
      options: this.#optionsTape(path, schedule),
      equities: new EquitiesTape(path, schedule, this.#load),
    };
    return this.#parts;
  }

  #optionsTape(path: CoupledPath, schedule: SessionSchedule): OptionsTape {
    return new OptionsTape(path, schedule, this.#load, this.#timeline, this.#labels);
  }
}

/** Epoch ms of the first session of the exchange's own that opens after an instant. */
function nextOpen(tsMs: number): number {
  const days = tradingDayFrom(etDays(tsMs));
  const open = etTime(days, OPEN_MINUTE);
  return open > tsMs ? open : etTime(tradingDayFrom(days + 1), OPEN_MINUTE);
}

/** Merges the four lists of one second by (ts, rank); each is in order of (ts, seq) already. */
function emitInOrder(options: OptionsOutput, equities: EquityOutput, sink: RawSink): void {
  const { quotes: nbbo, prints } = options;
  const { quotes, prints: trades } = equities;
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  for (let left = nbbo.length + prints.length + quotes.length + trades.length; left > 0; left--) {
    const nbboTs = nbbo[a]?.ts ?? Infinity;
    const printTs = prints[b]?.ts ?? Infinity;
    const quoteTs = quotes[c]?.ts ?? Infinity;
    const tradeTs = trades[d]?.ts ?? Infinity;
    const ts = Math.min(nbboTs, printTs, quoteTs, tradeTs);
    if (nbboTs === ts) {
      const record = nbbo[a++];
      if (record !== undefined) sink.optionNbbo(record);
    } else if (printTs === ts) {
      const record = prints[b++];
      if (record !== undefined) sink.optionPrint(record);
    } else if (quoteTs === ts) {
      const record = quotes[c++];
      if (record !== undefined) sink.equityQuote(record);
    } else {
      const record = trades[d++];
      if (record !== undefined) sink.equityPrint(record);
    }
  }
}
