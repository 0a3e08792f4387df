import { PROFILE_IDS, type ProfileId, type RegimeId, UNIVERSE } from "../../regime/mod.ts";
import type { Chain } from "./_contracts.ts";
import { DRAW, type Draws, weightedIndex } from "./_draws.ts";
import type { SlotView } from "./_slot_view.ts";
import type { Template } from "./template_types.ts";
import { PROFILE_TEMPLATES } from "./templates.ts";

/** Probability that a directional or retail parent is bullish. */
const BULLISH: Readonly<Record<RegimeId, number>> = {
  trend_up: 0.8,
  trend_down: 0.2,
  mean_revert: 0.5,
  retail_chase: 0.76,
  event_ramp: 0.5,
  dealer_gamma: 0.5,
  arb_calm: 0.5,
};
const EVENT_RAMP_TILT = 0.32;
const SYMBOL_TRIES = 4;

/** What a parent is before its contracts are known. */
export interface Choice {
  readonly template: Template;
  readonly symbol: number;
  readonly direction: 1 | -1 | 0;
  /** Direction of the last move, which hedges follow. */
  readonly moveSign: 1 | -1;
}

/** Draws the choice of one attempt for a family; `null` when the session lists nothing for it. */
export class Chooser {
  readonly #view: SlotView;
  readonly #chain: Chain;
  readonly #draws: Draws;
  readonly #weights: readonly number[];
  /** The symbol that the slot goes to unless the subtype cannot use it. */
  readonly symbol: number;

  constructor(view: SlotView, chain: Chain, draws: Draws) {
    this.#view = view;
    this.#chain = chain;
    this.#draws = draws;
    this.#weights = view.symbolWeights();
    this.symbol = weightedIndex(this.#weights, draws.unit(DRAW.symbol));
  }

  /** Family by its weights. @param weights In canonical order of the profiles. */
  family(weights: readonly number[]): ProfileId {
    const index = weightedIndex(weights, this.#draws.unit(DRAW.family));
    return PROFILE_IDS[index] ?? "institutional_directional";
  }

  /** Subtype, symbol and direction inside a family. */
  choose(family: ProfileId): Choice | null {
    switch (family) {
      case "institutional_directional":
      case "retail_whale":
        return this.#directional(family);
      case "event_driven":
        return this.#event();
      case "hedge_reactive":
        return this.#hedge();
      case "vol_seller":
      case "arbitrage":
        return this.#neutral(family);
    }
  }

  #directional(family: ProfileId): Choice | null {
    const regime = this.#view.state.regime;
    const tilt = regime === "event_ramp"
      ? EVENT_RAMP_TILT * this.#view.market.eventDir(this.symbol)
      : 0;
    const bullish = this.#draws.unit(DRAW.direction) < BULLISH[regime] + tilt;
    const direction = bullish ? 1 : -1;
    const right = bullish ? "C" : "P";
    return this.#first(family, (template) => {
      if (template.right !== "by-direction") return template.right === right ? template.weight : 0;
      return template.weight * (bullish ? template.callShare : 1 - template.callShare);
    }, direction);
  }

  #neutral(family: ProfileId): Choice | null {
    return this.#first(family, ({ weight }) => weight, 0);
  }

  /** Picks subtypes by weight until one finds a symbol. */
  #first(
    family: ProfileId,
    weightOf: (template: Template) => number,
    direction: 1 | -1 | 0,
  ): Choice | null {
    const templates = PROFILE_TEMPLATES[family];
    const weights = templates.map(weightOf);
    for (let i = 0; i < templates.length; i++) {
      const index = weightedIndex(weights, this.#draws.unit(DRAW.subtype, i));
      const template = templates[index];
      if (template === undefined) return null;
      const symbol = this.#symbolFor(template);
      if (symbol >= 0) return { template, symbol, direction, moveSign: direction === -1 ? -1 : 1 };
      weights[index] = 0;
    }
    return null;
  }

  #event(): Choice | null {
    const templates = PROFILE_TEMPLATES.event_driven;
    const weights = templates.map(({ weight }) => weight);
    for (let i = 0; i < templates.length; i++) {
      const index = weightedIndex(weights, this.#draws.unit(DRAW.subtype, i));
      const template = templates[index];
      if (template === undefined) return null;
      const found = this.#eventOf(template);
      if (found !== null) return found;
      weights[index] = 0;
    }
    return null;
  }

  #eventOf(template: Template): Choice | null {
    const events = this.#view.market.events.filter(({ kind, symbol }) =>
      kind === template.event && this.#mayUse(template, symbol)
    );
    const weights = events.map(({ symbol }) => UNIVERSE[symbol]?.optionWeight ?? 0);
    const event = events[weightedIndex(weights, this.#draws.unit(DRAW.event))];
    if (event === undefined) return null;
    const direction = template.right === "by-direction" ? event.dir : 0;
    return { template, symbol: event.symbol, direction, moveSign: event.dir };
  }

  /** Adding or unwinding comes first, then the symbol, whose last move says which side it is. */
  #hedge(): Choice | null {
    const templates = PROFILE_TEMPLATES.hedge_reactive;
    const weights = templates.map(({ weight }) => weight);
    for (let i = 0; i < 2; i++) {
      const drawn = templates[weightedIndex(weights, this.#draws.unit(DRAW.subtype, i))];
      const symbol = drawn === undefined ? -1 : this.#symbolFor(drawn);
      if (drawn === undefined) return null;
      if (symbol >= 0) return this.#hedgeOf(drawn, symbol);
      for (let k = 0; k < weights.length; k++) {
        if (templates[k]?.side === drawn.side) weights[k] = 0;
      }
    }
    return null;
  }

  #hedgeOf(drawn: Template, symbol: number): Choice {
    const moveSign = this.#view.moveBps(symbol) >= 0 ? 1 : -1;
    const bought = moveSign === 1 ? "C" : "P";
    const template = drawn.side === -1
      ? drawn
      : PROFILE_TEMPLATES.hedge_reactive.find(({ side, right }) => side === 1 && right === bought);
    return { template: template ?? drawn, symbol, direction: moveSign, moveSign };
  }

  #symbolFor(template: Template): number {
    return this.#pick((symbol) => this.#mayUse(template, symbol));
  }

  /** The slot's own symbol, or one that is drawn from those that will do; -1 when none does. */
  #pick(mayUse: (symbol: number) => boolean): number {
    if (mayUse(this.symbol)) return this.symbol;
    const weights = [...this.#weights];
    for (let i = 0; i < SYMBOL_TRIES; i++) {
      const symbol = weightedIndex(weights, this.#draws.unit(DRAW.resymbol, i));
      if (symbol < 0) return -1;
      if (mayUse(symbol)) return symbol;
      weights[symbol] = 0;
    }
    const usable = weights.map((weight, symbol) => weight > 0 && mayUse(symbol) ? weight : 0);
    return weightedIndex(usable, this.#draws.unit(DRAW.resymbol, SYMBOL_TRIES));
  }

  /** Listed, not to be taken for something else, with room for the move it needs, calm where it must be. */
  #mayUse(template: Template, symbol: number): boolean {
    const view = this.#view;
    if (this.#chain.fitting(template, symbol, view.nextEventTs(symbol)).length === 0) return false;
    // Directional flow in a symbol that has just reported is event flow.
    const directional = template.family === "institutional_directional" ||
      template.family === "retail_whale";
    if (directional && view.reportedLately(symbol)) return false;
    if (template.family === "hedge_reactive" && !view.knowsMove) return false;
    if (template.move.kind === "target") return view.terms.hasRoom(symbol, view.second);
    if (template.move.kind === "calm") {
      return Math.abs(view.moveBps(symbol)) < template.move.below * view.sigmaBps(symbol);
    }
    return true;
  }
}
