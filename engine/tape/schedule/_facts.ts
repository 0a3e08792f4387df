import type { PacketFacts, StructureType } from "../../flow/mod.ts";
import { nearestStrike, newYorkCloseMs, strikeStep } from "../../options/mod.ts";
import { UNIVERSE } from "../../regime/mod.ts";
import type { PrintPlan } from "../parent.ts";
import type { LegDraft } from "./_contracts.ts";
import type { Outlook } from "./_quote_outlook.ts";
import type { SlotView } from "./_slot_view.ts";
import type { Template } from "./template_types.ts";

/** A mid print is improved toward the side that asked for it, which counts for half a side. */
const MID_SIDE = 0.5;
const SPECIAL = new Set(["AUCTION", "CROSS", "OPENING", "CLOSING", "COMPLEX", "SPREAD"]);

/** A parent as the classifier's facts are predicted from. */
export interface Drafted {
  readonly template: Template;
  readonly symbol: number;
  readonly spot: number;
  readonly legs: readonly LegDraft[];
  readonly prints: readonly PrintPlan[];
  readonly premiumUsd: number;
  readonly ivShock: number;
  readonly spreadZ: number;
  /** Move of the last minute with the parent's own ramp, basis points. */
  readonly moveBps: number;
  readonly sigmaBps: number;
  readonly stock: boolean;
  /** What each print finds in its contract's quotes. */
  readonly outlook: readonly Outlook[];
}

interface Sides {
  buy: number;
  sell: number;
  inside: number;
  unquoted: number;
  special: number;
  size: number;
  delta: number;
  grossDelta: number;
  vega: number;
  grossVega: number;
  absDelta: number;
  shock: number;
}

function sideOf(print: PrintPlan, legSide: 1 | -1): number {
  switch (print.placement) {
    case "AA":
    case "A":
      return 1;
    case "B":
    case "BB":
      return -1;
    case "MID":
      return MID_SIDE * legSide;
  }
}

/** Whether a clip presses with its leg's own side, against it or not at all, whoever can see it. */
function pressOf(print: PrintPlan, legSide: 1 | -1): number {
  const side = sideOf(print, legSide);
  return Math.abs(side) === 1 ? side * legSide : 0;
}

function sumSides(drafted: Drafted): Sides {
  const sums: Sides = {
    buy: 0,
    sell: 0,
    inside: 0,
    unquoted: 0,
    special: 0,
    size: 0,
    delta: 0,
    grossDelta: 0,
    vega: 0,
    grossVega: 0,
    absDelta: 0,
    shock: 0,
  };
  drafted.prints.forEach((print, i) => {
    const leg = drafted.legs[print.leg];
    if (leg === undefined) return;
    const quoted = drafted.outlook[i] === "quoted";
    const side = quoted ? sideOf(print, leg.side) : 0;
    if (!quoted) sums.unquoted++;
    else if (side === 1) sums.buy++;
    else if (side === -1) sums.sell++;
    else sums.inside++;
    if (print.conditions.some((code) => SPECIAL.has(code))) sums.special++;
    const { size } = print;
    sums.size += size;
    sums.delta += side * leg.delta * size;
    sums.grossDelta += Math.abs(leg.delta) * size;
    sums.vega += side * leg.vega * size;
    sums.grossVega += leg.vega * size;
    sums.absDelta += Math.abs(leg.delta) * size;
    sums.shock += pressOf(print, leg.side) * print.share;
  });
  return sums;
}

function structureOf(template: Template): StructureType | null {
  return template.legs === "single" ? null : template.legs;
}

/** Facts that the classifier is to measure on a parent. */
export function predictFacts(drafted: Drafted, view: SlotView): PacketFacts {
  const { template, symbol, legs, prints, premiumUsd } = drafted;
  const sums = sumSides(drafted);
  const count = prints.length;
  const aggressive = sums.buy + sums.sell;
  const quoted = aggressive + sums.inside;
  const [first] = legs;
  const single = legs.length === 1 ? first : undefined;
  const root = UNIVERSE[symbol]?.symbol ?? "";
  const nearest = nearestStrike(root, drafted.spot);
  const eventTs = view.nextEventTs(symbol);
  const dteDays = Math.min(...legs.map(({ dte }) => dte));
  const known = view.knowsMove && drafted.sigmaBps > 0;
  const daysToEvent = eventTs === null ? null : (eventTs - view.slot.ts) / 86_400_000;
  return {
    structure: structureOf(template),
    legs: legs.length,
    right: single?.right ?? null,
    printCount: count,
    totalSize: sums.size,
    premiumUsd,
    avgPrice: premiumUsd / (100 * sums.size),
    buyRatio: aggressive > 0 ? sums.buy / aggressive : 0,
    sellRatio: aggressive > 0 ? sums.sell / aggressive : 0,
    aggressorRatio: quoted > 0 ? aggressive / quoted : 0,
    insideRatio: quoted > 0 ? sums.inside / quoted : 0,
    coverage: quoted / count,
    staleRatio: sums.unquoted / count,
    venueCount: new Set(prints.map(({ venue }) => venue)).size,
    dteDays,
    absDelta: sums.absDelta / sums.size,
    strikeRank: single === undefined
      ? 0
      : Math.round(Math.abs(single.strike - nearest) / strikeStep(root)),
    ivShock: drafted.ivShock * sums.shock,
    spreadZ: drafted.spreadZ,
    moveBps: known ? drafted.moveBps : null,
    moveZ: known ? drafted.moveBps / drafted.sigmaBps : null,
    netDelta: sums.grossDelta > 0 ? sums.delta / sums.grossDelta : 0,
    netVega: sums.grossVega > 0 ? sums.vega / sums.grossVega : 0,
    symmetry: legs.length > 1 ? 1 : 0,
    stockLinked: drafted.stock,
    orphanLeg: false,
    specialRatio: sums.special / count,
    crossRatio: 0,
    daysToEvent,
    expiryAfterEvent: eventTs === null || first === undefined ? null : expiresAfter(first, eventTs),
    pastEvent: view.reportedLately(symbol),
  };
}

function expiresAfter(leg: LegDraft, eventTs: number): boolean {
  return newYorkCloseMs(leg.expiry) > eventTs;
}
