import { MINUTE_MS } from "./calendar.ts";
import {
  type ControlTimeline,
  type Phase,
  type PresetId,
  REGIME_IDS,
  type RegimeId,
} from "./control.ts";
import { strayInside, writeBridge } from "./bridge.ts";
import { type Epoch, sessionEpochs } from "./epochs.ts";
import { sessionEvents } from "./events.ts";
import { drawFocus, FOCUS_MINUTES } from "./focus.ts";
import { extend, prefix, tag } from "./hash.ts";
import { LEVEL_COUNT } from "./levels.ts";
import { LOADING, MinuteTable, SYMBOLS } from "./minute_table.ts";
import { sessionStart } from "./opening.ts";
import { sessionMinute, type SessionPace } from "./sessions.ts";
import { phaseAt, uShape } from "./shape.ts";
import type { LatentMarket, Levels, Session, SessionEvent } from "./types.ts";
import { UNIVERSE } from "./universe.ts";

/** Minutes of second-by-second walks that each symbol keeps. */
const KEPT_MINUTES = 8;
const FOCUS_KEPT = 256;
const WALK = tag("walk");
/** Row of the walks that all symbols share, after those of the symbols. */
const COMMON = SYMBOLS;
const WALKS = SYMBOLS + 1;
/** Second draws of a minute's hash state, apart from the seconds themselves. */
const INSIDE = 1_000;
const SQRT_60 = Math.sqrt(60);
/** Shares overshoot, which is what makes them move together less from second to second than in a minute. */
const OVERSHOOT = UNIVERSE.map(({ etf }) => etf ? 0 : 0.13);

/**
 * The latent market of one session under one control timeline. Minutes are computed when first asked
 * for, in order, and seconds inside a minute per symbol; both are kept.
 */
export class SessionMarket implements LatentMarket {
  readonly session: Session;
  readonly events: readonly SessionEvent[];
  readonly timeline: ControlTimeline;
  readonly clock: SessionPace;
  readonly #table: MinuteTable;
  readonly #epochs: readonly Epoch[];
  readonly #walk = new Float64Array(WALKS * KEPT_MINUTES * 60);
  readonly #walkTotal = new Float64Array(WALKS * KEPT_MINUTES);
  /** Deviation of one second, basis points. */
  readonly #walkDeviation = new Float64Array(WALKS * KEPT_MINUTES);
  readonly #walkState = new Int32Array(WALKS * KEPT_MINUTES);
  readonly #walkMinute = new Int32Array(WALKS * KEPT_MINUTES).fill(-1);
  readonly #focus = new Map<number, readonly number[]>();

  /** @param earlier A market of the same session and clock whose minutes may be taken over. */
  constructor(
    session: Session,
    timeline: ControlTimeline,
    clock: SessionPace = "loop",
    earlier?: SessionMarket,
  ) {
    this.session = session;
    this.timeline = timeline;
    this.clock = clock;
    this.#epochs = sessionEpochs(timeline, session);
    const [first] = this.#epochs;
    this.events = first === undefined ? [] : sessionEvents(first.seed, first.preset, session);
    const table = earlier?.session.id === session.id ? earlier.#table : undefined;
    const { open, pull } = sessionStart(session, timeline, clock);
    const same = table !== undefined && open.every((price, s) => price === table.price[s]);
    this.#table = new MinuteTable(
      session,
      this.#epochs,
      this.events,
      open,
      pull,
      same ? table : undefined,
    );
  }

  /** The same session under another timeline; minutes on which both agree are not computed again. */
  withTimeline(timeline: ControlTimeline): SessionMarket {
    return new SessionMarket(this.session, timeline, this.clock, this);
  }

  seedAt(tsMs: number): number {
    return this.#epochs[this.#epochAt(tsMs)]?.seed ?? 0;
  }

  presetAt(tsMs: number): PresetId {
    return this.#epochs[this.#epochAt(tsMs)]?.preset ?? "balanced_demo";
  }

  regimeAt(tsMs: number): RegimeId {
    return REGIME_IDS[this.#table.regime[sessionMinute(this.session, tsMs)] ?? 0] ?? "mean_revert";
  }

  phaseAt(tsMs: number): Phase {
    return phaseAt(this.session, this.events, tsMs);
  }

  levelsAt(tsMs: number): Levels {
    const minute = sessionMinute(this.session, tsMs);
    this.#table.ensure(minute);
    const fraction = this.#fraction(minute, tsMs);
    return {
      volatility: this.#level(minute, fraction, 0),
      liquidity: this.#level(minute, fraction, 1),
      cleanliness: this.#level(minute, fraction, 2),
    };
  }

  focusAt(tsMs: number): readonly number[] {
    const minute = sessionMinute(this.session, tsMs);
    const index = this.#epochAt(tsMs);
    const epoch = this.#epochs[index];
    const regime = this.#table.regime[minute] ?? 0;
    const bucket = Math.floor(minute / FOCUS_MINUTES);
    const key = (index * 64 + bucket) * 8 + regime;
    const known = this.#focus.get(key);
    if (known !== undefined || epoch === undefined) return known ?? [];
    const focus = drawFocus(
      epoch.seed,
      epoch.preset,
      this.session.id,
      bucket,
      regime,
      this.#table.eventSymbols,
    );
    if (this.#focus.size >= FOCUS_KEPT) this.#focus.clear();
    this.#focus.set(key, focus);
    return focus;
  }

  isFocus(symbol: number, tsMs: number): boolean {
    return this.focusAt(tsMs).includes(symbol);
  }

  eventDir(symbol: number): 1 | -1 | 0 {
    return this.#table.eventDir(symbol);
  }

  /** Symbols with a past or future event in this session, past ones first. */
  get eventSymbols(): readonly number[] {
    return this.#table.eventSymbols;
  }

  /** Whether a symbol has a past or future event in this session. */
  isEventSymbol(symbol: number): boolean {
    return this.#table.eventSymbols.includes(symbol);
  }

  uShape(tsMs: number): number {
    return uShape((tsMs - this.session.openTs) / MINUTE_MS, this.session.minutes);
  }

  basePrice(symbol: number, tsMs: number): number {
    const sinceMs = tsMs - this.session.openTs;
    if (sinceMs < 0) return this.#table.price[symbol] ?? 0;
    const minute = Math.floor(sinceMs / MINUTE_MS);
    if (minute >= this.session.minutes) {
      this.#table.ensure(this.session.minutes - 1);
      return this.#table.price[this.session.minutes * SYMBOLS + symbol] ?? 0;
    }
    const second = Math.floor(sinceMs / 1_000) - minute * 60;
    const fraction = sinceMs / 1_000 - minute * 60 - second;
    const common = this.#walked(COMMON, minute, second, fraction);
    const own = this.#walked(symbol, minute, second, fraction);
    const move = (LOADING[symbol] ?? 1) * common + own;
    return (this.#table.price[minute * SYMBOLS + symbol] ?? 0) * (1 + move / 10_000);
  }

  sigma1mBps(symbol: number, tsMs: number): number {
    const minute = sessionMinute(this.session, tsMs);
    this.#table.ensure(minute);
    return this.#table.sigmaBps[minute * SYMBOLS + symbol] ?? 0;
  }

  /** Part of the current minute's return that is not chance, basis points. */
  driftBps(symbol: number, tsMs: number): number {
    const minute = sessionMinute(this.session, tsMs);
    this.#table.ensure(minute);
    return this.#table.driftBps[minute * SYMBOLS + symbol] ?? 0;
  }

  /** The whole base return of the current minute, basis points. */
  returnBps(symbol: number, tsMs: number): number {
    const minute = sessionMinute(this.session, tsMs);
    this.#table.ensure(minute);
    return this.#table.returnBps[minute * SYMBOLS + symbol] ?? 0;
  }

  #epochAt(tsMs: number): number {
    let index = this.#epochs.length - 1;
    while (index > 0 && (this.#epochs[index]?.fromTs ?? 0) > tsMs) index--;
    return index;
  }

  #fraction(minute: number, tsMs: number): number {
    const passed = (tsMs - this.session.openTs - minute * MINUTE_MS) / MINUTE_MS;
    return passed < 0 ? 0 : passed > 1 ? 1 : passed;
  }

  /** Goes from the last minute's value to this one's, so that no later minute is needed. */
  #level(minute: number, fraction: number, level: number): number {
    const to = this.#table.level[minute * LEVEL_COUNT + level] ?? 0;
    if (minute === 0) return to;
    const from = this.#table.level[(minute - 1) * LEVEL_COUNT + level] ?? to;
    return from + (to - from) * fraction;
  }

  /** How far a walk has come since its minute began, basis points. @param row A symbol or {@link COMMON}. */
  #walked(row: number, minute: number, second: number, fraction: number): number {
    const slot = row * KEPT_MINUTES + minute % KEPT_MINUTES;
    if (this.#walkMinute[slot] !== minute) this.#fillWalk(slot, row, minute);
    const at = slot * 60 + second;
    const from = this.#walk[at] ?? 0;
    if (fraction === 0) return from;
    const to = second === 59 ? this.#walkTotal[slot] ?? 0 : this.#walk[at + 1] ?? 0;
    const stray = strayInside(extend(this.#walkState[slot] ?? 0, INSIDE + second), fraction);
    return from + (to - from) * fraction + (this.#walkDeviation[slot] ?? 0) * stray;
  }

  #fillWalk(slot: number, row: number, minute: number): void {
    const table = this.#table;
    table.ensure(minute);
    const at = minute * SYMBOLS + row;
    const common = row === COMMON;
    const total = (common ? table.factorBps[minute] : table.residualBps[at]) ?? 0;
    const deviation = (common ? table.commonWalkBps[minute] : table.ownWalkBps[at]) ?? 0;
    const state = prefix(table.epochOf(minute)?.seed ?? 0, WALK, this.session.id, minute, row);
    writeBridge(this.#walk, slot * 60, 60, state, total, deviation, OVERSHOOT[row] ?? 0);
    this.#walkTotal[slot] = total;
    this.#walkDeviation[slot] = deviation / SQRT_60;
    this.#walkState[slot] = state;
    this.#walkMinute[slot] = minute;
  }
}
