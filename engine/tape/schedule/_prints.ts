import { exp, log } from "../../dmath/mod.ts";
import type { Placement, PrintPlan } from "../parent.ts";
import { DRAW, type Draws, PRINT_DRAW } from "./_draws.ts";
import type { LegDraft } from "./_contracts.ts";
import type { PlacementMix, Template, TimingRule } from "./template_types.ts";

/** Option venues. */
export const VENUES = ["CBOE", "PHLX", "ISE", "ARCA", "BOX", "MIAX", "AMEX", "EDGX"] as const;

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

/** Positive integers with log-normal proportions that add up to `contracts` (≥ `count`). */
function printSizes(contracts: number, count: number, draws: Draws): number[] {
  const weights: number[] = [];
  let total = 0;
  for (let i = 0; i < count; i++) {
    const weight = exp(SIZE_SPREAD * draws.printNormal(PRINT_DRAW.size, i));
    weights.push(weight);
    total += weight;
  }
  const sizes: number[] = [];
  let left = contracts;
  let largest = 0;
  for (let i = 0; i < count; i++) {
    const size = Math.max(1, Math.round(contracts * (weights[i] ?? 0) / total));
    sizes.push(size);
    left -= size;
    if (size > (sizes[largest] ?? 0)) largest = i;
  }
  sizes[largest] = Math.max(1, (sizes[largest] ?? 0) + left);
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

function venuesOf(template: Template, draws: Draws): readonly string[] {
  const order = VENUES.map((venue, i) => ({ venue, key: draws.unit(DRAW.venueOrder, i) }));
  order.sort((a, b) => a.key - b.key);
  const count = draws.integer(template.venues, DRAW.venueCount);
  return order.slice(0, count).map(({ venue }) => venue);
}

/** Sizes of a parent and what they cost. */
export interface Sized {
  /** Contracts of each leg. */
  readonly contracts: number;
  readonly printsPerLeg: number;
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
  const wanted = pressed ? Math.max(once, again(1), again(2)) : once;
  const most = legs.length === 1 ? wanted : Math.max(2, Math.round(wanted / legs.length));
  const [low, high] = template.premiumUsd;
  const premium = exp(log(low) + draws.unit(DRAW.premium) * (log(high) - log(low)));
  let unit = 0;
  for (const leg of legs) unit += leg.price * 100;
  const [least, largest] = template.contracts;
  const contracts = Math.min(largest, Math.max(least, most, Math.round(premium / unit)));
  return { contracts, printsPerLeg: most, premiumUsd: contracts * unit };
}

/**
 * Every print of a parent, ascending in time. Legs take turns and share one vector of sizes.
 *
 * @param ts Epoch ms of the first print. @param code Condition that some prints carry, or null.
 */
export function planPrints(
  template: Template,
  legs: readonly LegDraft[],
  sized: Sized,
  ts: number,
  code: string | null,
  draws: Draws,
): readonly PrintPlan[] {
  const { printsPerLeg, contracts, premiumUsd } = sized;
  const count = printsPerLeg * legs.length;
  const offsets = printOffsets(template.timing, count, draws);
  const sizes = printSizes(contracts, printsPerLeg, draws);
  const venues = venuesOf(template, draws);
  const placements = legs.map(({ side }, leg) => {
    const mix = side === -1 ? template.soldPlacement ?? template.placement : template.placement;
    return stratifiedPlacements(mix, printsPerLeg, leg * printsPerLeg, draws);
  });
  const share = template.condition?.share ?? 0;
  const prints: PrintPlan[] = [];
  for (let i = 0; i < count; i++) {
    const leg = i % legs.length;
    const nth = (i - leg) / legs.length;
    const size = sizes[nth] ?? 1;
    const venue = Math.floor(draws.print(PRINT_DRAW.venue, i) * venues.length);
    const marked = code !== null && draws.print(PRINT_DRAW.condition, i) < share;
    prints.push({
      ts: ts + (offsets[i] ?? 0),
      leg,
      size,
      placement: placements[leg]?.[nth] ?? "MID",
      venue: venues[venue] ?? "CBOE",
      conditions: marked ? [code] : [],
      share: size * (legs[leg]?.price ?? 0) * 100 / premiumUsd,
    });
  }
  return prints;
}
