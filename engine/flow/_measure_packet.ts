import { greeks, yearsBetween } from "../options/mod.ts";
import { type Baselines, bucketOf } from "./_baselines.ts";
import type { Contracts } from "./_contracts.ts";
import type { MarketState } from "./_market_state.ts";
import { type Leg, micro } from "./_measured.ts";
import type { Packet } from "./_packet.ts";
import type { ReferenceData } from "./sink.ts";

/** Time around a packet in which its stock print counts. */
export const STOCK_WINDOW_MS = 2_000;

/** What measuring reads besides the packet. */
export interface MeasureContext {
  readonly market: MarketState;
  readonly contracts: Contracts;
  readonly baselines: Baselines;
  readonly reference: ReferenceData;
}

interface Sensitivity {
  readonly delta: number;
  readonly vega: number;
}

function sensitivity(packet: Packet): Sensitivity | null {
  const { contract, lastSpot, ivSize } = packet;
  if (lastSpot === null || ivSize === 0) return null;
  const iv = packet.ivWeighted / ivSize;
  if (!(iv > 0) || !(lastSpot > 0)) return null;
  const years = yearsBetween(packet.endTs, contract.expiryTs);
  const { delta, vega } = greeks(contract.right, lastSpot, contract.strike, years, iv);
  return { delta, vega };
}

/** Steps between a strike and the listed one nearest to spot, the higher of two equally near. */
function strikeRank(strike: number, spot: number | null, step: number): number | null {
  if (spot === null || !(step > 0)) return null;
  const nearest = Math.max(1, Math.floor(spot / step + 0.5)) * step;
  return Math.round(Math.abs(strike - nearest) / step);
}

/** What is computed from a packet before it is put together. */
interface Derived {
  readonly dteDays: number;
  readonly moneyness: number | null;
  readonly spread: number | null;
  readonly moveBps: number | null;
  readonly sigmaBps: number | null;
  readonly greek: Sensitivity | null;
  readonly stockLinked: boolean;
}

function derive(packet: Packet, closeTs: number, { market, contracts }: MeasureContext): Derived {
  const { contract, lastSpot: spot } = packet;
  const track = market.tracks.get(contract.root);
  return {
    dteDays: contracts.dteDays(contract, packet.endTs),
    moneyness: spot === null ? null : micro(contract.strike / spot),
    spread: packet.spreadCount === 0 ? null : micro(packet.spreadSum / packet.spreadCount),
    moveBps: spot === null || track === undefined ? null : track.moveBps(packet.startTs, spot),
    sigmaBps: track?.sigma1mBps(closeTs) ?? null,
    greek: sensitivity(packet),
    stockLinked: packet.buyWrite > 0 &&
      market.hasStockPrint(
        contract.root,
        packet.size,
        packet.startTs - STOCK_WINDOW_MS,
        packet.endTs + STOCK_WINDOW_MS,
      ),
  };
}

/** Measures a packet at its close and books it in the baselines. */
export function measurePacket(packet: Packet, closeTs: number, context: MeasureContext): Leg {
  const { contract, lastSpot: spot } = packet;
  const derived = derive(packet, closeTs, context);
  const { dteDays, moneyness, spread, moveBps, sigmaBps, greek, stockLinked } = derived;
  const premium = micro(packet.premium);
  const signedRatio = packet.signed / packet.size;
  const baseIv = packet.preIv ?? packet.firstIv;
  const bucket = bucketOf(contract.root, dteDays, moneyness);
  const step = context.reference.strikeStep(contract.root);
  return {
    id: `flowpacket:${contract.id}:${packet.startTs}:${packet.endTs}`,
    underlyingId: contract.root,
    isEtf: packet.last.is_etf,
    structure: null,
    legs: [],
    startTs: packet.startTs,
    endTs: packet.endTs,
    closeTs,
    members: packet.members,
    count: packet.count,
    size: packet.size,
    premium,
    avgPrice: micro(packet.priceSize / packet.size),
    firstPrice: packet.firstPrice,
    lastPrice: packet.lastPrice,
    notional: packet.notional > 0 ? micro(packet.notional) : null,
    aa: packet.aa,
    a: packet.a,
    mid: packet.mid,
    b: packet.b,
    bb: packet.bb,
    missing: packet.missing,
    stale: packet.stale,
    special: packet.special,
    cross: packet.cross,
    venueCount: packet.venues.length,
    conditions: packet.conditions,
    quoteAges: packet.quoteAges,
    spot,
    dteDays,
    moneyness,
    absDelta: greek === null ? null : micro(Math.abs(greek.delta)),
    strikeRank: strikeRank(contract.strike, spot, step),
    preIv: baseIv,
    ivShock: baseIv === null || packet.lastIv === null ? 0 : micro(packet.lastIv - baseIv),
    spread,
    standing: context.baselines
      .measure(contract.id, bucket, closeTs, premium, packet.size, spread),
    moveBps: moveBps === null ? null : micro(moveBps),
    moveZ: moveBps === null || sigmaBps === null ? null : micro(moveBps / sigmaBps),
    netDelta: micro(contract.right === "C" ? signedRatio : -signedRatio),
    netVega: micro(signedRatio),
    symmetry: 0,
    stockLinked,
    orphanLeg: false,
    last: packet.last,
    packet,
    contractId: contract.id,
    right: contract.right,
    strike: contract.strike,
    expiry: contract.expiry,
    expiryTs: contract.expiryTs,
    delta: greek?.delta ?? null,
    vega: greek?.vega ?? null,
    signedRatio,
    complex: packet.complex > 0,
  };
}
