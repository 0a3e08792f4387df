import { extend, toUnit } from "../../regime/mod.ts";
import { QUOTE_STATE, type QuoteState, stateOf } from "../surface/mod.ts";
import type { Contract, QuoteUpdate } from "./_contract.ts";
import { askCents, bidCents, displayedSize, oneTickUp } from "./half_spread.ts";
import type { QuoteModel } from "./quote_model.ts";

const WIDE_FACTOR = 2.2;
const LEAST_BID_USD = 0.01;
const CROSSED_SHARE = 0.3;
const SIZES = 0x512e;
const STATES = 0x57a7;

/** Model bid and ask of a contract that was valued, in cents. */
export function modelQuote(contract: Contract, widen: number): { bid: number; ask: number } {
  const { mid, penny } = contract;
  const half = contract.halfSpread * widen;
  const bid = bidCents(mid - half, penny);
  return { bid, ask: askCents(mid + half, bid, penny) };
}

/** What a contract's makers do with its quote at a moment of theirs. */
export function stateAt(model: QuoteModel, contract: Contract, ts: number): QuoteState {
  const u = toUnit(extend(extend(contract.draws, STATES), ts));
  return stateOf(model.shares(contract, ts), u);
}

/** The quote that is made at a moment; the model is asked for the contract's value at it. */
export function quoteIn(
  model: QuoteModel,
  state: QuoteState,
  contract: Contract,
  ts: number,
): QuoteUpdate {
  model.value(contract, ts);
  const draws = extend(extend(contract.draws, SIZES), ts);
  const liquidity = model.liquidity(ts);
  const size = (side: number) => displayedSize(liquidity, toUnit(extend(draws, side)));
  const { bid, ask } = modelQuote(contract, state === QUOTE_STATE.wide ? WIDE_FACTOR : 1);
  // Nobody bids for what is worth less than the smallest price.
  if (state === QUOTE_STATE.missing || contract.mid < LEAST_BID_USD) {
    return { ts, bid: 0, ask, bidSize: 0, askSize: size(2) };
  }
  if (state === QUOTE_STATE.locked) {
    const at = bidCents(contract.mid, contract.penny);
    const over = toUnit(extend(draws, 3)) < CROSSED_SHARE ? oneTickUp(at, contract.penny) : at;
    return { ts, bid: over, ask: at, bidSize: size(1), askSize: size(2) };
  }
  return { ts, bid, ask, bidSize: size(1), askSize: size(2) };
}
