import { predictProfile } from "../../flow/mod.ts";
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
import { type Drafted, predictFacts } from "./_facts.ts";
import { planPrints, sizeParent } from "./_prints.ts";
import { quoteOutlook } from "./_quote_outlook.ts";
import type { SlotView } from "./_slot_view.ts";
import type { Template } from "./template_types.ts";

/** Draws of a parent until its profile is predicted to be read. */
const ATTEMPTS = 3;
/**
 * What is predicted differs a little from what is measured: a clear reading keeps this far from the line
 * between naming a profile and not.
 */
const CLEAR_ABOVE = 0.5;
const CLEAR_BELOW = 0.38;

/** A parent and what it does to its underlying's path. */
export interface Built {
  readonly parent: Parent;
  readonly family: ProfileId;
  /** The classifier is predicted to name the family: the parent counts as coverage. */
  readonly covers: boolean;
  /** And plainly so, without another profile that comes near. */
  readonly clear: boolean;
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

/** Contracts, prints and the predicted reading of a choice; null when nothing listed fits. */
function execute(choice: Choice, chain: Chain, view: SlotView, draws: Draws) {
  const { template, symbol } = choice;
  const modelSigma = view.sigmaBps(symbol);
  const rolling = view.rollingSigmaBps(symbol);
  const target = targetOf(choice, modelSigma, draws);
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
  const linkOnly = template.condition?.code === "BUYWRITE";
  const code = linkOnly && stock === null ? null : template.condition?.code ?? null;
  const prints = planPrints(template, legs, sized, view.slot.ts, code, draws);
  const drafted: Drafted = {
    template,
    symbol,
    spot: price,
    legs,
    prints,
    premiumUsd: sized.premiumUsd,
    ivShock: draws.within(template.ivShockPoints, DRAW.ivShock) / 100 *
      (0.7 + 0.5 * view.state.volatility_level),
    spreadZ: draws.within(template.spreadZ, DRAW.spreadZ),
    moveBps: (price / before - 1) * 10_000,
    // Whoever watches the tape knows the last half hour's deviation, not the model's.
    sigmaBps: Math.max(modelSigma, rolling),
    stock: stock !== null,
    outlook: quoteOutlook(view.market, view.openSeed, symbol, legs, prints),
  };
  const base = now / (1 + view.terms.at(symbol, view.second) / 10_000);
  const impulseBps = (price - now) / base * 10_000;
  return { drafted, sized, stock, impulseBps, modelSigma, target };
}

/**
 * One draw of a parent at a slot, or null when the session lists nothing for the drawn family.
 *
 * @param number Ordinal of the slot in the session. @param attempt 0…2.
 */
function buildParent(
  view: SlotView,
  chain: Chain,
  coverage: SyntheticCoverageState,
  number: number,
  attempt: number,
): Built | null {
  const { slot, control, market } = view;
  const draws = new Draws(control.shared_seed, market.session.id, slot.key, attempt);
  const chooser = new Chooser(view, chain, draws);
  const family = chooser.family(familyWeights(view, chooser.symbol, coverage));
  const choice = chooser.choose(family);
  const done = choice === null ? null : execute(choice, chain, view, draws);
  if (choice === null || done === null) return null;
  const { drafted, sized, stock, impulseBps, modelSigma, target } = done;
  const predicted = predictProfile(predictFacts(drafted, view));
  const parent: Parent = {
    slot: number,
    ts: slot.ts,
    symbol: choice.symbol,
    family,
    subtype: choice.template.subtype,
    direction: choice.direction,
    regime: view.state.regime,
    preset: control.preset_id,
    premiumUsd: sized.premiumUsd,
    legs: drafted.legs.map((leg) => legOf(leg, sized.contracts)),
    prints: drafted.prints,
    stock,
    moveTarget: target === null || modelSigma === 0 ? null : target / modelSigma,
    spreadZ: drafted.spreadZ,
    ivShock: drafted.ivShock,
    selfCheck: { profile: predicted.profile, probability: predicted.probability },
    attempt,
  };
  return {
    parent,
    family,
    covers: predicted.profile === family,
    clear: predicted.probability >= CLEAR_ABOVE && predicted.runnerUp < CLEAR_BELOW,
    impulseBps,
    sigmaBps: modelSigma,
  };
}

/**
 * The parent of a slot: the first draw that is predicted to be read as meant and as nothing else, then the
 * last that is read as meant, else the last one.
 */
export function drawParent(
  view: SlotView,
  chain: Chain,
  coverage: SyntheticCoverageState,
  number: number,
): Built | null {
  let last: Built | null = null;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const built = buildParent(view, chain, coverage, number, attempt);
    if (built === null) continue;
    if (built.covers && built.clear) return built;
    if (last === null || built.covers || !last.covers) last = built;
  }
  return last;
}
