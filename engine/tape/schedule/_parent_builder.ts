import {
  getSyntheticCoverageBoost,
  getSyntheticScenarioWeights,
  PROFILE_IDS,
  type ProfileId,
  type SyntheticCoverageState,
  UNIVERSE,
} from "../../regime/mod.ts";
import type { Leg, Parent, StockPlan } from "../parent.ts";
import { type Choice, Chooser } from "./_choice.ts";
import { type Chain, draftLegs, type LegDraft } from "./_contracts.ts";
import { DRAW, Draws } from "./_draws.ts";
import { planPrints, sizeParent } from "./_prints.ts";
import type { SlotView } from "./_slot_view.ts";
import type { Template } from "./template_types.ts";

/** Most that the realised deviation counts for, in units of the model's. */
const MOST_REALISED = 1.4;
/** Draws of a slot until one finds a symbol that lists what its family needs. */
const DRAWS = 3;

/** A parent and what it does to its underlying's path. */
export interface Built {
  readonly parent: Parent;
  readonly family: ProfileId;
  /** Move that is to be ramped in before the parent, basis points of the base price. */
  readonly impulseBps: number;
  readonly sigmaBps: number;
}

/** Weights of the profiles for one slot, in canonical order. */
function familyWeights(
  view: SlotView,
  symbol: number,
  coverage: SyntheticCoverageState,
): readonly number[] {
  const name = UNIVERSE[symbol]?.symbol ?? "";
  const weights = getSyntheticScenarioWeights(name, view.slot.ts, view.control, view.state);
  return PROFILE_IDS.map((profile) =>
    weights[profile] * getSyntheticCoverageBoost(profile, coverage, view.control)
  );
}

/** Move that a template wants over the last minute, basis points; null: whatever it was. */
function targetOf({ template, direction, moveSign }: Choice, sigma: number, draws: Draws) {
  if (template.move.kind !== "target") return null;
  const size = draws.within(template.move.range, DRAW.move) * sigma;
  switch (template.move.sign) {
    case "up":
      return size;
    case "down":
      return -size;
    case "direction":
      return size * direction;
    case "as-it-moved":
      return size * moveSign;
  }
}

function rightOf(template: Template, choice: Choice, draws: Draws): "C" | "P" {
  switch (template.right) {
    case "C":
    case "P":
      return template.right;
    case "by-direction":
      return choice.direction === 1 ? "C" : "P";
    case "against-move":
      return choice.moveSign === 1 ? "P" : "C";
    case "either":
      return draws.unit(DRAW.right) < 0.5 ? "C" : "P";
  }
}

function stockOf(
  template: Template,
  legs: readonly LegDraft[],
  contracts: number,
  view: SlotView,
  draws: Draws,
): StockPlan | null {
  if (draws.unit(DRAW.stock) >= template.stockShare) return null;
  // Stock hedges the call: bought against a call that is sold.
  const side = legs.find(({ right }) => right === "C")?.side === -1 ? 1 : -1;
  const ts = view.slot.ts + draws.integer([-400, 400], DRAW.stockOffset);
  return { ts: Math.max(ts, view.market.session.openTs), shares: contracts * 100, side };
}

function legOf(draft: LegDraft, size: number): Leg {
  const { right, strike, expiry, contractId, side, delta, vega, iv } = draft;
  return { right, strike, expiry, contractId, side, delta, vega, iv, size };
}

/** Contracts and prints of a choice; null when nothing listed fits. */
function execute(choice: Choice, chain: Chain, view: SlotView, draws: Draws) {
  const { template, symbol } = choice;
  const modelSigma = view.sigmaBps(symbol);
  const realised = view.rollingSigmaBps(symbol);
  // Who hedges or chases goes by the moves that were, but no order answers its own echo without bound.
  const known = realised > 0 ? realised : modelSigma;
  const target = targetOf(choice, Math.min(known, MOST_REALISED * modelSigma), draws);
  const before = view.price(symbol, 60);
  const now = view.price(symbol);
  const price = target === null ? now : before * (1 + target / 10_000);
  const legs = draftLegs(
    template,
    rightOf(template, choice, draws),
    chain,
    view.spot(symbol, price),
    draws,
  );
  if (legs === null) return null;
  // Dealers who are short gamma hedge in more and smaller pieces.
  const pressed = view.state.regime === "dealer_gamma" && template.family === "hedge_reactive";
  const sized = sizeParent(template, legs, pressed, draws);
  const stock = stockOf(template, legs, sized.contracts, view, draws);
  const prints = planPrints(template, legs, sized, {
    session: view.market.session,
    isFund: UNIVERSE[symbol]?.etf ?? false,
    isTied: stock !== null,
    ts: view.slot.ts,
  }, draws);
  const base = now / (1 + view.terms.at(symbol, view.second) / 10_000);
  const impulseBps = (price - now) / base * 10_000;
  return { legs, prints, sized, stock, impulseBps, modelSigma, target };
}

/**
 * One draw of a parent at a slot, or null when the session lists nothing for the drawn family.
 *
 * @param number Ordinal of the slot in the session. @param draw 0…2.
 */
function buildParent(
  view: SlotView,
  chain: Chain,
  coverage: SyntheticCoverageState,
  number: number,
  draw: number,
): Built | null {
  const { slot, control, market } = view;
  const draws = new Draws(control.shared_seed, market.session.id, slot.key, draw);
  const chooser = new Chooser(view, chain, draws);
  const family = chooser.family(familyWeights(view, chooser.symbol, coverage));
  const choice = chooser.choose(family);
  const done = choice === null ? null : execute(choice, chain, view, draws);
  if (choice === null || done === null) return null;
  const { legs, prints, sized, stock, impulseBps, modelSigma, target } = done;
  const { template } = choice;
  const parent: Parent = {
    slot: number,
    ts: slot.ts,
    symbol: choice.symbol,
    family,
    subtype: template.subtype,
    direction: choice.direction,
    regime: view.state.regime,
    preset: control.preset_id,
    premiumUsd: sized.premiumUsd,
    legs: legs.map((leg) => legOf(leg, sized.contracts)),
    prints,
    stock,
    moveTarget: target === null || modelSigma === 0 ? null : target / modelSigma,
    spreadZ: draws.within(template.spreadZ, DRAW.spreadZ),
    ivShock: draws.within(template.ivShockPoints, DRAW.ivShock) / 100 *
      (0.7 + 0.5 * view.state.volatility_level),
  };
  return { parent, family, impulseBps, sigmaBps: modelSigma };
}

/** The parent of a slot: the first draw for which something is listed; null when none finds any. */
export function drawParent(
  view: SlotView,
  chain: Chain,
  coverage: SyntheticCoverageState,
  number: number,
): Built | null {
  for (let draw = 0; draw < DRAWS; draw++) {
    const built = buildParent(view, chain, coverage, number, draw);
    if (built !== null) return built;
  }
  return null;
}
