import { extend, toUnit } from "../../regime/mod.ts";
import type { Contract, QuoteUpdate } from "./_contract.ts";
import { askCents, bidCents, displayedSize, oneTickUp } from "./half_spread.ts";
import type { QuoteModel } from "./quote_model.ts";
import { QUOTE_STATE, type QuoteState } from "../surface/mod.ts";

const WIDE_FACTOR = 2.2;
/** Chance per second that a maker follows half a tick in a contract that nobody trades. */
const REACTION = 0.2;
/** Chance of a second update per second while the contract trades. */
const SECOND_UPDATE = 0.25;
const LEAST_BID_USD = 0.01;
const CROSSED_SHARE = 0.3;
const FIRES = 0xf17e;

/** How a contract is quoted in a second. */
export type Cadence = { readonly hot: true } | { readonly hot: false; readonly refresh: number };

/** Model bid and ask of a contract's running second in cents. */
export function modelQuote(contract: Contract, widen: number): { bid: number; ask: number } {
  const half = contract.halfSpread * widen;
  const bid = bidCents(contract.mid - half);
  return { bid, ask: askCents(contract.mid + half, bid) };
}

function moved(contract: Contract): boolean {
  const halfTick = contract.mid < 3 ? 0.005 : 0.025;
  return Math.abs(contract.mid - contract.midBefore) >= halfTick ||
    Math.abs(contract.iv - contract.ivBefore) >= 0.001;
}

/** Writes ms (epoch) of the regular updates of a second, ascending. Values must be current. */
function regularUpdates(
  out: number[],
  contract: Contract,
  secondMs: number,
  cadence: Cadence,
): void {
  const draws = extend(extend(contract.draws, FIRES), secondMs / 1_000);
  if (cadence.hot) {
    // The first half of each second, so that two updates are never 1.5 s apart.
    out.push(secondMs + Math.floor(450 * toUnit(extend(draws, 1))));
    if (toUnit(extend(draws, 2)) < SECOND_UPDATE) {
      out.push(secondMs + 500 + Math.floor(500 * toUnit(extend(draws, 3))));
    }
    return;
  }
  const u = toUnit(extend(draws, 4));
  if (u < cadence.refresh || (u < cadence.refresh + REACTION && moved(contract))) {
    out.push(secondMs + Math.floor(1_000 * toUnit(extend(draws, 1))));
  }
}

/** State at an instant by the contract's own process and by what a packet forces; follow() first. */
function stateAt(model: QuoteModel, contract: Contract, ts: number): QuoteState {
  if (ts >= contract.forcedFrom && ts < contract.forcedUntil) return contract.forcedState;
  let episode = contract.episodes.length / 2 - 1;
  while (episode > 0 && (contract.episodes[2 * episode] ?? 0) > ts) episode--;
  return model.stateOf(contract, episode);
}

/** Instants of a second at which the state may change, added to `out`. */
function transitions(out: number[], contract: Contract, secondMs: number): void {
  for (let i = contract.episodes.length - 2; i >= 0; i -= 2) {
    const ts = contract.episodes[i] ?? 0;
    if (ts < secondMs) break;
    if (ts < secondMs + 1_000) out.push(ts);
  }
  for (const ts of [contract.forcedFrom, contract.forcedUntil]) {
    if (ts >= secondMs && ts < secondMs + 1_000) out.push(ts);
  }
}

function quoteIn(
  state: QuoteState,
  contract: Contract,
  ts: number,
  liquidity: number,
): QuoteUpdate | null {
  if (state === QUOTE_STATE.stale) return null;
  const draws = extend(extend(contract.draws, 0x512e), ts);
  const size = (side: number) => displayedSize(liquidity, toUnit(extend(draws, side)));
  const { bid, ask } = modelQuote(contract, state === QUOTE_STATE.wide ? WIDE_FACTOR : 1);
  // Nobody bids for what is worth less than the smallest price.
  if (state === QUOTE_STATE.missing || contract.mid < LEAST_BID_USD) {
    return { ts, bid: 0, ask, bidSize: 0, askSize: size(2) };
  }
  if (state === QUOTE_STATE.locked) {
    const at = bidCents(contract.mid);
    const over = toUnit(extend(draws, 3)) < CROSSED_SHARE ? oneTickUp(at) : at;
    return { ts, bid: over, ask: at, bidSize: size(1), askSize: size(2) };
  }
  return { ts, bid, ask, bidSize: size(1), askSize: size(2) };
}

const instants: number[] = [];

/**
 * Writes the quote updates of a contract in a second to `contract.updates` and moves the standing quote.
 * A stale quote gets no update; a missing one loses its bid once; any other change of state shows at once.
 */
export function quoteSecond(
  model: QuoteModel,
  contract: Contract,
  secondMs: number,
  cadence: Cadence,
): void {
  const last = contract.updates.at(-1);
  if (last !== undefined) contract.standing = last;
  contract.updates.length = 0;
  contract.quotedAt = secondMs;
  model.value(contract, secondMs);
  model.follow(contract, secondMs);
  instants.length = 0;
  transitions(instants, contract, secondMs);
  const changes = instants.length;
  regularUpdates(instants, contract, secondMs, cadence);
  const liquidity = model.liquidity(secondMs);
  const regular = instants.slice(changes);
  for (const ts of instants.sort((a, b) => a - b)) {
    if (contract.updates.at(-1)?.ts === ts) continue;
    const state = stateAt(model, contract, ts);
    const same = state === stateAt(model, contract, ts - 1);
    const quoted = state === QUOTE_STATE.clean || state === QUOTE_STATE.wide;
    if (same && !(quoted && regular.includes(ts))) continue;
    const update = quoteIn(state, contract, ts, liquidity);
    if (update !== null) contract.updates.push(update);
  }
}

/** Quote that stands at an instant of the second last quoted; null: none or older than `maxAgeMs`. */
export function quoteAt(contract: Contract, ts: number, maxAgeMs: number): QuoteUpdate | null {
  for (let i = contract.updates.length - 1; i >= 0; i--) {
    const update = contract.updates[i];
    if (update !== undefined && update.ts <= ts) return ts - update.ts <= maxAgeMs ? update : null;
  }
  const { standing } = contract;
  return standing !== null && ts - standing.ts <= maxAgeMs ? standing : null;
}
