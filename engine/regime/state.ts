import { MINUTE_MS } from "./calendar.ts";
import { type ControlState, type ControlTimeline, fixedTimeline, REGIME_IDS } from "./control.ts";
import { OFF_EXCHANGE_BIAS } from "./levels.ts";
import { SessionMarket } from "./session_market.ts";
import { pastKey } from "./opening.ts";
import { sessionAt, sessionMinute } from "./sessions.ts";
import { bidTicks, nearRelease, spreadTicks, TICKS_PER_USD, wholeTicks } from "./spread.ts";
import type { SessionState, UnderlyingState } from "./types.ts";
import { symbolIndex, UNIVERSE } from "./universe.ts";

const BUCKET_MS = 300_000;
const KEPT = 6;

interface Kept {
  readonly market: SessionMarket;
  /** What the market depends on besides its session. */
  readonly key: string;
  /** The control object that asked last. */
  control: ControlState | ControlTimeline;
}

/** Markets asked for lately, oldest first. */
const markets: Kept[] = [];

/**
 * The latent market that contains an instant, under one state or a timeline. A few are kept; asking again
 * with the same control object is fastest. Always finds a session, as loops fill the closed hours.
 *
 * @throws {RangeError} When `ts` is no time.
 */
function marketAt(ts: number, control: ControlState | ControlTimeline): SessionMarket {
  for (let i = markets.length - 1; i >= 0; i--) {
    const entry = markets[i];
    if (entry === undefined || entry.control !== control) continue;
    const { session } = entry.market;
    if (ts >= session.openTs && ts < session.closeTs) return entry.market;
  }
  const session = Number.isFinite(ts) ? sessionAt(ts, "loop") : null;
  if (session === null) {
    throw new RangeError(`Cannot find a session as the time is no epoch ms: ${ts}`);
  }
  const timeline = "preset_id" in control ? fixedTimeline(control) : control;
  const key = pastKey(session, timeline, "loop");
  const same = markets.find((entry) => entry.market.session.id === session.id && entry.key === key);
  if (same !== undefined) {
    same.control = control;
    return same.market;
  }
  const market = new SessionMarket(session, timeline, "loop");
  markets.push({ market, key, control });
  if (markets.length > KEPT) markets.shift();
  return market;
}

/** State of the whole market of a {@link SessionMarket} at an instant inside its session. */
export function sessionStateOf(market: SessionMarket, ts: number): SessionState {
  const levels = market.levelsAt(ts);
  return {
    session_phase: market.phaseAt(ts),
    regime: market.regimeAt(ts),
    volatility_level: levels.volatility,
    liquidity_level: levels.liquidity,
    quote_cleanliness: levels.cleanliness,
    focus_symbols: market.focusAt(ts).map(symbolName),
    event_symbols: market.eventSymbols.map(symbolName),
    seed_bucket: Math.floor(ts / BUCKET_MS),
    session_id: market.session.id,
    session_minute: sessionMinute(market.session, ts),
  };
}

function symbolName(index: number): string {
  return UNIVERSE[index]?.symbol ?? "";
}

/**
 * Market-wide state at an instant; equal arguments give equal answers in every process.
 *
 * @param ts Epoch ms.
 * @param control One state, or the timeline of states.
 */
export function getSyntheticSessionState(
  ts: number,
  control: ControlState | ControlTimeline,
): SessionState {
  return sessionStateOf(marketAt(ts, control), ts);
}

function clamp(value: number, low: number, high: number): number {
  return value < low ? low : value > high ? high : value;
}

function basisPoints(to: number, from: number): number {
  return from > 0 ? (to / from - 1) * 10_000 : 0;
}

/**
 * State of one underlying at an instant. Its quote has the model's width; the tape's own quotes change at
 * their own moments and may lag it.
 *
 * @param midAt Price of a symbol index at an epoch ms; the base path when not given.
 * @throws {RangeError} When the symbol is not in the universe.
 */
export function getSyntheticUnderlyingState(
  symbol: string,
  ts: number,
  control: ControlState | ControlTimeline,
  sessionState: SessionState,
  midAt?: (symbol: number, tsMs: number) => number,
): UnderlyingState {
  const index = symbolIndex(symbol);
  if (index < 0) {
    throw new RangeError(`Cannot give the state of a symbol outside the universe: "${symbol}"`);
  }
  const market = marketAt(ts, control);
  const price = (at: number) => midAt?.(index, at) ?? market.basePrice(index, at);
  const focus = sessionState.focus_symbols.includes(symbol);
  const event = sessionState.event_symbols.includes(symbol);
  const { regime } = sessionState;
  const levels = {
    volatility: sessionState.volatility_level,
    liquidity: sessionState.liquidity_level,
    cleanliness: sessionState.quote_cleanliness,
  };
  const conditions = {
    levels,
    regime,
    phase: sessionState.session_phase,
    minute: sessionState.session_minute,
    nearRelease: nearRelease(market.events, ts),
  };
  const now = price(ts);
  const ticks = wholeTicks(spreadTicks(index, conditions, event), 0);
  const bid = bidTicks(now, ticks);
  const sigma = market.sigma1mBps(index, ts);
  const drift = market.driftBps(index, ts);
  const move60 = basisPoints(now, price(ts - MINUTE_MS));
  const clustering = (focus ? 0.34 : 0.12) +
    (regime === "dealer_gamma" ? 0.28 : regime === "retail_chase" ? 0.16 : 0);
  const bias = (OFF_EXCHANGE_BIAS[REGIME_IDS.indexOf(regime)] ?? 0) + (focus ? 0.08 : 0) +
    (event ? 0.05 : 0);
  return {
    mid: (2 * bid + ticks) / (2 * TICKS_PER_USD),
    bid: bid / TICKS_PER_USD,
    ask: (bid + ticks) / TICKS_PER_USD,
    spread: ticks / TICKS_PER_USD,
    driftBps: drift,
    shockBps: market.returnBps(index, ts) - drift,
    sessionVolatility: levels.volatility,
    liquiditySkew: levels.liquidity,
    quoteCleanliness: levels.cleanliness,
    clusteringScore: clamp(clustering, 0, 1),
    offExchangeBias: clamp(bias, 0.08, 0.92),
    sigma1mBps: sigma,
    move60Bps: move60,
    move180Bps: basisPoints(now, price(ts - 3 * MINUTE_MS)),
    moveZ: sigma > 0 ? move60 / sigma : 0,
  };
}
