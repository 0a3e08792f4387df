import {
  contractId,
  dteDays,
  expiriesOf,
  greeks,
  nearestStrike,
  newYorkCloseMs,
  type Right,
  strikeStep,
  yearsBetween,
} from "../../options/mod.ts";
import { type Session, UNIVERSE } from "../../regime/mod.ts";
import { surfaceVolatility } from "../surface/mod.ts";
import { DRAW, type Draws } from "./_draws.ts";
import type { Template } from "./template_types.ts";

/** A contract that a leg could take, with its model values at the slot. */
export interface Quoted {
  readonly right: Right;
  readonly strike: number;
  readonly expiry: number;
  readonly contractId: string;
  /** USD per share. */
  readonly price: number;
  readonly delta: number;
  readonly vega: number;
  readonly iv: number;
  readonly dte: number;
}

/** A leg before its size is known. */
export interface LegDraft extends Quoted {
  readonly side: 1 | -1;
}

/** What pricing needs of an underlying at the slot. */
export interface Spot {
  readonly symbol: number;
  readonly ts: number;
  readonly price: number;
  readonly volatilityLevel: number;
  /** Days to the symbol's next announced event, or null, and its epoch ms. */
  readonly eventDays: number | null;
  readonly eventTs: number | null;
}

/** No parent trades what costs less: a tick would be too much of the price. USD. */
const LEAST_PRICE = 0.08;
const MAX_STEPS = 60;
/** Expiries this long after an announced event are dear because of it. */
const EVENT_REACH_MS = 11 * 86_400_000;

interface Expiry {
  readonly date: number;
  readonly dte: number;
  readonly closeMs: number;
}

/** The listed expiries of every symbol in one session. */
export class Chain {
  readonly #session: Session;
  readonly #expiries: (readonly Expiry[] | undefined)[] = [];

  constructor(session: Session) {
    this.#session = session;
  }

  /** Expiries of a symbol, ascending. */
  expiries(symbol: number): readonly Expiry[] {
    let found = this.#expiries[symbol];
    if (found === undefined) {
      const { date } = this.#session;
      found = expiriesOf(UNIVERSE[symbol]?.symbol ?? "", date).map((expiry) => ({
        date: expiry,
        dte: dteDays(date, expiry),
        closeMs: newYorkCloseMs(expiry),
      }));
      this.#expiries[symbol] = found;
    }
    return found;
  }

  /**
   * Expiries that a template may use, ascending; empty when the symbol lists none.
   *
   * @param eventTs Epoch ms of the symbol's next announced event, or null.
   */
  fitting(template: Template, symbol: number, eventTs: number | null): readonly Expiry[] {
    const { expiry } = template;
    const listed = this.expiries(symbol);
    if (expiry.kind === "days") {
      const [low, high] = expiry.range;
      return listed.filter((one) =>
        one.dte >= low && one.dte <= high && !(isPlainBet(template) && isEventExpiry(one, eventTs))
      );
    }
    if (eventTs === null) return [];
    const latest = eventTs + expiry.withinDays * 86_400_000;
    const first = listed.find(({ closeMs }) => closeMs > eventTs);
    return first !== undefined && first.closeMs <= latest ? [first] : [];
  }
}

/** Whether a template takes a side for reasons that no event has a part in. */
function isPlainBet({ family, event }: Template): boolean {
  return event === "none" && (family === "institutional_directional" || family === "retail_whale");
}

/** Whether an expiry carries an announced event: whoever trades it trades the event too. */
function isEventExpiry({ closeMs }: Expiry, eventTs: number | null): boolean {
  return eventTs !== null && closeMs > eventTs && closeMs <= eventTs + EVENT_REACH_MS;
}

function quote(right: Right, strike: number, expiry: Expiry, spot: Spot): Quoted {
  const years = yearsBetween(spot.ts, expiry.closeMs);
  const iv = surfaceVolatility({
    symbol: spot.symbol,
    volatilityLevel: spot.volatilityLevel,
    spot: spot.price,
    strike,
    years,
    eventDays: spot.eventDays,
  });
  const { price, delta, vega } = greeks(right, spot.price, strike, years, iv);
  return {
    right,
    strike,
    expiry: expiry.date,
    contractId: contractId(UNIVERSE[spot.symbol]?.symbol ?? "", expiry.date, strike, right),
    price,
    delta,
    vega,
    iv,
    dte: expiry.dte,
  };
}

/** Out-of-the-money contract with |delta| nearest to a target inside the range; null when none is listed. */
function byDelta(template: Template, right: Right, expiry: Expiry, spot: Spot, u: number) {
  if (template.strike.kind !== "delta") return null;
  const { range: [low, high], offNearest } = template.strike;
  const target = low + (high - low) * u;
  const root = UNIVERSE[spot.symbol]?.symbol ?? "";
  const step = strikeStep(root) * (right === "C" ? 1 : -1);
  const nearest = nearestStrike(root, spot.price);
  let best: Quoted | null = null;
  for (let k = offNearest ? 1 : 0; k <= MAX_STEPS; k++) {
    const strike = nearest + k * step;
    if (strike <= 0) break;
    const quoted = quote(right, strike, expiry, spot);
    const size = Math.abs(quoted.delta);
    if (size < low || quoted.price < LEAST_PRICE) break;
    if (size > high) continue;
    if (best === null || Math.abs(size - target) < Math.abs(Math.abs(best.delta) - target)) {
      best = quoted;
    }
  }
  return best;
}

function strikeOf(template: Template, right: Right, spot: Spot, draws: Draws): number {
  const root = UNIVERSE[spot.symbol]?.symbol ?? "";
  const { strike } = template;
  if (strike.kind === "moneyness") {
    const ratio = draws.within(strike.range, DRAW.strike);
    return nearestStrike(root, spot.price * (right === "C" ? ratio : 2 - ratio));
  }
  const steps = strike.kind === "nearest" ? strike.steps : 0;
  const offset = draws.integer([-steps, steps], DRAW.strike);
  return nearestStrike(root, spot.price) + offset * strikeStep(root);
}

function structureLegs(
  template: Template,
  expiry: Expiry,
  spot: Spot,
  draws: Draws,
): readonly LegDraft[] {
  const step = strikeStep(UNIVERSE[spot.symbol]?.symbol ?? "");
  const flip = draws.unit(DRAW.flip) < 0.5 ? 1 : -1;
  const width = template.strike.kind === "nearest"
    ? draws.integer(template.strike.width, DRAW.width) * step
    : 0;
  const low = strikeOf(template, "C", spot, draws);
  const leg = (right: Right, strike: number, side: 1 | -1): LegDraft => ({
    ...quote(right, strike, expiry, spot),
    side,
  });
  const back = flip === 1 ? -1 : 1;
  switch (template.legs) {
    case "straddle": {
      const side = template.side === -1 ? -1 : 1;
      return [leg("C", low, side), leg("P", low, side)];
    }
    case "vertical": {
      const right: Right = draws.unit(DRAW.right) < 0.5 ? "C" : "P";
      return [leg(right, low, flip), leg(right, low + width, back)];
    }
    case "conversion":
      return [leg("C", low, flip), leg("P", low, back)];
    case "box":
      return [
        leg("C", low, flip),
        leg("C", low + width, back),
        leg("P", low + width, flip),
        leg("P", low, back),
      ];
    case "single":
      return [];
  }
}

/**
 * The legs of a parent, or null when the symbol lists nothing that fits.
 *
 * @param right Right of a single leg; structures choose their own.
 */
export function draftLegs(
  template: Template,
  right: Right,
  chain: Chain,
  spot: Spot,
  draws: Draws,
): readonly LegDraft[] | null {
  const expiries = chain.fitting(template, spot.symbol, spot.eventTs);
  const start = Math.floor(draws.unit(DRAW.expiry) * expiries.length);
  for (let i = 0; i < expiries.length; i++) {
    const expiry = expiries[(start + i) % expiries.length];
    if (expiry === undefined) continue;
    const legs = draftAt(template, right, expiry, spot, draws);
    if (legs !== null) return legs;
  }
  return null;
}

function draftAt(
  template: Template,
  right: Right,
  expiry: Expiry,
  spot: Spot,
  draws: Draws,
): readonly LegDraft[] | null {
  if (template.legs !== "single") {
    const legs = structureLegs(template, expiry, spot, draws);
    return legs.every((leg) => leg.price >= LEAST_PRICE && leg.strike > 0) ? legs : null;
  }
  const quoted = template.strike.kind === "delta"
    ? byDelta(template, right, expiry, spot, draws.unit(DRAW.strike))
    : quote(right, strikeOf(template, right, spot, draws), expiry, spot);
  if (quoted === null || quoted.price < LEAST_PRICE) return null;
  return [{ ...quoted, side: template.side === -1 ? -1 : 1 }];
}
