import type { Standing } from "./_baselines.ts";
import { type Leg, type Measured, micro } from "./_measured.ts";
import type { Found } from "./_structure_search.ts";

/** Structures whose two sides differ by what they are. */
const OPPOSED: ReadonlySet<string> = new Set(["vertical", "conversion", "calendar", "roll"]);

function sum(legs: readonly Leg[], of: (leg: Leg) => number): number {
  let total = 0;
  for (const leg of legs) total += of(leg);
  return total;
}

/** Mean weighted by contracts over the legs that have a value; null when none has. */
function weighted(legs: readonly Leg[], of: (leg: Leg) => number | null): number | null {
  let total = 0;
  let weight = 0;
  for (const leg of legs) {
    const value = of(leg);
    if (value === null) continue;
    total += value * leg.size;
    weight += leg.size;
  }
  return weight === 0 ? null : micro(total / weight);
}

/**
 * Signed share of each leg. Where a structure has two legs on opposite sides by definition, the one that
 * looks bought more is bought and the other is sold: prints at the middle alone would not tell.
 */
function orientations({ type, legs }: Found): readonly number[] {
  const [first, second] = legs;
  const ratios = legs.map((leg) => leg.signedRatio);
  if (!OPPOSED.has(type) || first === undefined || second === undefined) return ratios;
  const difference = (first.signedRatio - second.signedRatio) / 2;
  return [difference, -difference];
}

/** Net over gross of a sensitivity, −1…1; by contracts when a leg has none. */
function net(
  legs: readonly Leg[],
  ratios: readonly number[],
  of: (leg: Leg) => number | null,
  fallback: (leg: Leg) => number,
): number {
  const known = legs.every((leg) => of(leg) !== null);
  let signed = 0;
  let gross = 0;
  for (const [index, leg] of legs.entries()) {
    const value = (known ? of(leg) : null) ?? fallback(leg);
    signed += (ratios[index] ?? 0) * value * leg.size;
    gross += Math.abs(value) * leg.size;
  }
  return gross === 0 ? 0 : micro(signed / gross);
}

function standing(legs: readonly Leg[], of: (leg: Leg) => Standing): Standing {
  return {
    mean: weighted(legs, (leg) => of(leg).mean) ?? 0,
    std: weighted(legs, (leg) => of(leg).std) ?? 0,
    z: weighted(legs, (leg) => of(leg).z) ?? 0,
    n: Math.min(...legs.map((leg) => of(leg).n)),
  };
}

/** Id of a structure: root, nearest expiry, kind, first print's ms and the contracts. */
function structureId(found: Found, startTs: number): string {
  const [first] = found.legs;
  const head = first === undefined ? "" : `${first.underlyingId}-${dashed(first.expiry)}`;
  const contracts = found.legs.map((leg) => leg.contractId).join("|");
  return `flowpacket:${head}-STRUCT-${found.type}:${startTs}:${contracts}`;
}

function dashed(date: number): string {
  const text = String(date);
  return `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}`;
}

/** Measures a structure as the union of its legs. The legs must be in order of contract. */
export function measureStructure(found: Found, closeTs: number): Measured {
  const { legs, type, stockLinked } = found;
  const startTs = Math.min(...legs.map((leg) => leg.startTs));
  const endTs = Math.max(...legs.map((leg) => leg.endTs));
  const size = sum(legs, (leg) => leg.size);
  const sizes = legs.map((leg) => leg.size);
  const ranks = legs.flatMap((leg) => leg.strikeRank === null ? [] : [leg.strikeRank]);
  const ratios = orientations(found);
  const last = legs.reduce((late, leg) => leg.endTs > late.endTs ? leg : late);
  const first = legs.reduce((early, leg) => leg.startTs < early.startTs ? leg : early);
  const venues = new Set(legs.flatMap((leg) => leg.packet.venues));
  return {
    id: structureId(found, startTs),
    underlyingId: last.underlyingId,
    isEtf: last.isEtf,
    structure: type,
    legs,
    startTs,
    endTs,
    closeTs,
    members: legs.flatMap((leg) => leg.members),
    count: sum(legs, (leg) => leg.count),
    size,
    premium: micro(sum(legs, (leg) => leg.premium)),
    avgPrice: micro(sum(legs, (leg) => leg.avgPrice * leg.size) / size),
    firstPrice: first.firstPrice,
    lastPrice: last.lastPrice,
    notional: legs.some((leg) => leg.notional === null)
      ? null
      : micro(sum(legs, (leg) => leg.notional ?? 0)),
    aa: sum(legs, (leg) => leg.aa),
    a: sum(legs, (leg) => leg.a),
    mid: sum(legs, (leg) => leg.mid),
    b: sum(legs, (leg) => leg.b),
    bb: sum(legs, (leg) => leg.bb),
    missing: sum(legs, (leg) => leg.missing),
    stale: sum(legs, (leg) => leg.stale),
    special: sum(legs, (leg) => leg.special),
    cross: sum(legs, (leg) => leg.cross),
    venueCount: venues.size,
    conditions: [...new Set(legs.flatMap((leg) => leg.conditions))],
    quoteAges: legs.flatMap((leg) => leg.quoteAges),
    spot: last.spot,
    dteDays: Math.min(...legs.map((leg) => leg.dteDays)),
    moneyness: weighted(legs, (leg) => leg.moneyness),
    absDelta: weighted(legs, (leg) => leg.absDelta),
    strikeRank: ranks.length === 0 ? null : Math.min(...ranks),
    preIv: weighted(legs, (leg) => leg.preIv),
    ivShock: weighted(legs, (leg) => leg.ivShock) ?? 0,
    spread: weighted(legs, (leg) => leg.spread),
    standing: {
      premium: standing(legs, (leg) => leg.standing.premium),
      size: standing(legs, (leg) => leg.standing.size),
      spread: standing(legs, (leg) => leg.standing.spread),
    },
    moveBps: first.moveBps,
    moveZ: first.moveZ,
    netDelta: net(legs, ratios, (leg) => leg.delta, (leg) => leg.right === "C" ? 1 : -1),
    netVega: net(legs, ratios, (leg) => leg.vega, () => 1),
    symmetry: micro(Math.min(...sizes) / Math.max(...sizes)),
    stockLinked,
    orphanLeg: false,
    last: last.last,
  };
}
