import { exp, log } from "../../dmath/mod.ts";
import { VENUES, venueShares } from "../../options/mod.ts";
import type { Session } from "../../regime/mod.ts";
import type { Placement, PrintPlan } from "../parent.ts";
import { conditionsOf } from "../print_marks.ts";
import { roundLots } from "../round_lots.ts";
import { DRAW, type Draws, PRINT_DRAW, weightedIndex } from "./_draws.ts";
import type { LegDraft } from "./_contracts.ts";
import type { PlacementMix, Range, Template, TimingRule } from "./template_types.ts";

const PLACEMENTS: readonly Placement[] = ["AA", "A", "MID", "B", "BB"];
const SIZE_SPREAD = 0.6;
const WAVE_COUNT = 3;
/** The clusterer cuts a run of prints at 6 s and at a gap of 1.5 s; a parent stays well inside. */
const LONGEST_SPAN_MS = 5_600;

function gapMs(timing: TimingRule, print: number, count: number, draws: Draws): number {
  const u = draws.print(PRINT_DRAW.gap, print);
  const [low, high] = timing.gapMs;
  const plain = low + u * (high - low);
  if (timing.kind === "even") return plain;
  if (timing.kind === "excited") {
    if (draws.print(PRINT_DRAW.gapKind, print) < timing.share) return plain;
    return high + u * (timing.upToMs - high);
  }
  const perWave = Math.ceil(count / WAVE_COUNT);
  if (print % perWave !== 0) return plain;
  return timing.waveGapMs[0] + u * (timing.waveGapMs[1] - timing.waveGapMs[0]);
}

/** Milliseconds of each print after the first, ascending. */
function printOffsets(timing: TimingRule, count: number, draws: Draws): number[] {
  const offsets = [0];
  for (let i = 1; i < count; i++) {
    offsets.push((offsets[i - 1] ?? 0) + gapMs(timing, i, count, draws));
  }
  const span = offsets[count - 1] ?? 0;
  const scale = span > LONGEST_SPAN_MS ? LONGEST_SPAN_MS / span : 1;
  return offsets.map((offset) => Math.round(offset * scale));
}

/**
 * Positive integers with log-normal proportions that add up to about `contracts` (≥ `count`), many of them
 * round; the largest makes up for what would leave the bounds.
 */
function printSizes(
  contracts: number,
  count: number,
  [least, most]: Range,
  draws: Draws,
): readonly number[] {
  const weights: number[] = [];
  let total = 0;
  for (let i = 0; i < count; i++) {
    const weight = exp(SIZE_SPREAD * draws.printNormal(PRINT_DRAW.size, i));
    weights.push(weight);
    total += weight;
  }
  const sizes: number[] = [];
  let sum = 0;
  let largest = 0;
  for (let i = 0; i < count; i++) {
    const lots = Math.max(1, Math.round(contracts * (weights[i] ?? 0) / total));
    const size = roundLots(lots, draws.print(PRINT_DRAW.round, i));
    sizes.push(size);
    sum += size;
    if (size > (sizes[largest] ?? 0)) largest = i;
  }
  const wanted = Math.min(most, Math.max(least, sum));
  sizes[largest] = Math.max(1, (sizes[largest] ?? 0) + wanted - sum);
  return sizes;
}

function placementAt(mix: PlacementMix, u: number): Placement {
  let left = u;
  for (let i = 0; i < mix.length; i++) {
    left -= mix[i] ?? 0;
    if (left < 0) return PLACEMENTS[i] ?? "MID";
  }
  return "MID";
}

/**
 * Placements of `count` prints with the mix held as closely as so few prints can: the unit interval is cut
 * into `count` strata, and which print takes which stratum is a random permutation.
 *
 * @param first Number of the leg's first print among the parent's draws.
 */
function stratifiedPlacements(
  mix: PlacementMix,
  count: number,
  first: number,
  draws: Draws,
): Placement[] {
  const order = Array.from({ length: count }, (_, i) => i);
  const keys = order.map((i) => draws.print(PRINT_DRAW.stratum, first + i));
  order.sort((a, b) => (keys[a] ?? 0) - (keys[b] ?? 0) || a - b);
  const placements: Placement[] = new Array(count);
  order.forEach((print, stratum) => {
    const u = (stratum + draws.print(PRINT_DRAW.placement, first + print)) / count;
    placements[print] = placementAt(mix, u);
  });
  return placements;
}

/** The venues that an order goes to, each with its share: drawn one after the other by their shares. */
function venuesOf(template: Template, isFund: boolean, draws: Draws) {
  const order = venueShares(isFund).map((share, i) => ({
    venue: VENUES[i] ?? "",
    share,
    // Efraimidis and Spirakis (2006): the smallest of exponential times is a draw by rates.
    key: -log(1 - draws.unit(DRAW.venueOrder, i)) / share,
  }));
  order.sort((a, b) => a.key - b.key);
  return order.slice(0, draws.integer(template.venues, DRAW.venueCount));
}

/** Sizes of a parent and what they cost. */
export interface Sized {
  /** Contracts of each leg, and of each of its prints. */
  readonly contracts: number;
  readonly sizes: readonly number[];
  /** USD, multiplier included, all legs. */
  readonly premiumUsd: number;
}

/**
 * Contracts and prints for a log-uniform premium.
 *
 * @param pressed Takes the largest of three draws of the number of prints.
 */
export function sizeParent(
  template: Template,
  legs: readonly LegDraft[],
  pressed: boolean,
  draws: Draws,
): Sized {
  const once = draws.integer(template.prints, DRAW.printCount);
  const again = (index: number) => draws.integer(template.prints, DRAW.printCount, index);
  const all = pressed ? Math.max(once, again(1), again(2)) : once;
  const most = legs.length === 1 ? all : Math.max(2, Math.round(all / legs.length));
  const [low, high] = template.premiumUsd;
  const premium = exp(log(low) + draws.unit(DRAW.premium) * (log(high) - log(low)));
  let unit = 0;
  for (const leg of legs) unit += leg.price * 100;
  const [least, largest] = template.contracts;
  const wanted = Math.min(largest, Math.max(least, most, Math.round(premium / unit)));
  const sizes = printSizes(wanted, most, [least, largest], draws);
  const contracts = sizes.reduce((sum, size) => sum + size, 0);
  return { contracts, sizes, premiumUsd: contracts * unit };
}

/** What the prints of a parent depend on besides its template and draws. */
export interface PrintContext {
  readonly session: Session;
  /** Whether the underlying is a fund: options on those trade elsewhere. */
  readonly isFund: boolean;
  /** Whether stock is a leg of the order. */
  readonly isTied: boolean;
  /** Epoch ms of the first print. */
  readonly ts: number;
}

/** Every print of a parent, ascending in time. Legs take turns and share one vector of sizes. */
export function planPrints(
  template: Template,
  legs: readonly LegDraft[],
  { sizes, premiumUsd }: Sized,
  { session, isFund, isTied, ts }: PrintContext,
  draws: Draws,
): readonly PrintPlan[] {
  const printsPerLeg = sizes.length;
  const count = printsPerLeg * legs.length;
  const offsets = printOffsets(template.timing, count, draws);
  const venues = venuesOf(template, isFund, draws);
  const venueWeights = venues.map(({ share }) => share);
  const placements = legs.map(({ side }, leg) => {
    const mix = side === -1 ? template.soldPlacement ?? template.placement : template.placement;
    return stratifiedPlacements(mix, printsPerLeg, leg * printsPerLeg, draws);
  });
  const isMultiLeg = legs.length > 1 || isTied;
  const prints: PrintPlan[] = [];
  for (let i = 0; i < count; i++) {
    const leg = i % legs.length;
    const nth = (i - leg) / legs.length;
    const size = sizes[nth] ?? 1;
    const venue = weightedIndex(venueWeights, draws.print(PRINT_DRAW.venue, i));
    const printTs = ts + (offsets[i] ?? 0);
    const marked = { ts: printTs, size, isMultiLeg, isTied };
    prints.push({
      ts: printTs,
      leg,
      size,
      placement: placements[leg]?.[nth] ?? "MID",
      venue: venues[venue]?.venue ?? "",
      conditions: conditionsOf(marked, session, draws.print(PRINT_DRAW.condition, i)),
      share: size * (legs[leg]?.price ?? 0) * 100 / premiumUsd,
    });
  }
  return prints;
}
