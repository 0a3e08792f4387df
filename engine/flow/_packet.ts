import type { Contract } from "./_contracts.ts";
import type { OptionPrint } from "../frames/mod.ts";
import { sideWeight } from "./side_rule.ts";

/** Conditions of prints that say little about an aggressor. */
const SPECIAL: ReadonlySet<string> = new Set([
  "AUCTION",
  "CROSS",
  "OPENING",
  "CLOSING",
  "COMPLEX",
  "SPREAD",
]);
const CROSSES: ReadonlySet<string> = new Set(["CROSS", "AUCTION", "OPENING", "CLOSING"]);
/** Conditions of prints that are one leg of a larger order. */
const COMPLEX: ReadonlySet<string> = new Set(["COMPLEX", "SPREAD"]);

/** Prints of one contract that came close together, while they may still be joined by more. */
export class Packet {
  readonly contract: Contract;
  readonly startTs: number;
  readonly preIv: number | null;
  endTs: number;
  readonly members: string[] = [];
  readonly venues: string[] = [];
  readonly conditions: string[] = [];
  readonly quoteAges: number[] = [];
  count = 0;
  size = 0;
  premium = 0;
  priceSize = 0;
  firstPrice = 0;
  lastPrice = 0;
  aa = 0;
  a = 0;
  mid = 0;
  b = 0;
  bb = 0;
  missing = 0;
  stale = 0;
  special = 0;
  cross = 0;
  complex = 0;
  buyWrite = 0;
  /** Σ size × side weight, contracts. */
  signed = 0;
  ivSize = 0;
  ivWeighted = 0;
  firstIv: number | null = null;
  lastIv: number | null = null;
  /** Σ spot × size × 100 over prints with a spot, USD. */
  notional = 0;
  lastSpot: number | null = null;
  spreadSum = 0;
  spreadCount = 0;
  /** The last print, for the quotes that stood at it. */
  last: OptionPrint;
  isOpen = true;

  constructor(contract: Contract, first: OptionPrint, preIv: number | null) {
    this.contract = contract;
    this.startTs = first.ts;
    this.endTs = first.ts;
    this.preIv = preIv;
    this.firstPrice = first.price;
    this.last = first;
  }

  /** Adds a print. @param spot Mid of the underlying, USD, or null. */
  add(print: OptionPrint, spot: number | null): void {
    this.count++;
    this.members.push(print.trace_id);
    this.endTs = Math.max(this.endTs, print.ts);
    this.size += print.size;
    this.premium += print.notional;
    this.priceSize += print.price * print.size;
    this.lastPrice = print.price;
    this.last = print;
    if (!this.venues.includes(print.exchange)) this.venues.push(print.exchange);
    this.#addSide(print);
    this.#addConditions(print.conditions);
    if (print.execution_iv !== null) {
      this.firstIv ??= print.execution_iv;
      this.lastIv = print.execution_iv;
      this.ivSize += print.size;
      this.ivWeighted += print.execution_iv * print.size;
    }
    if (spot !== null) {
      this.lastSpot = spot;
      this.notional += spot * print.size * 100;
    }
  }

  #addSide(print: OptionPrint): void {
    switch (print.nbbo_side) {
      case "AA":
        this.aa++;
        break;
      case "A":
        this.a++;
        break;
      case "MID":
        this.mid++;
        break;
      case "B":
        this.b++;
        break;
      case "BB":
        this.bb++;
        break;
      case "MISSING":
        this.missing++;
        break;
      case "STALE":
        this.stale++;
        break;
    }
    this.signed += print.size * sideWeight(
      print.nbbo_side,
      print.price,
      print.execution_nbbo_mid,
    );
    if (print.execution_nbbo_age_ms !== null) this.quoteAges.push(print.execution_nbbo_age_ms);
    if (print.execution_nbbo_spread !== null && print.nbbo_side !== "STALE") {
      this.spreadSum += print.execution_nbbo_spread;
      this.spreadCount++;
    }
  }

  #addConditions(conditions: readonly string[]): void {
    if (conditions.length === 0) return;
    let special = false;
    let cross = false;
    let complex = false;
    let buyWrite = false;
    for (const condition of conditions) {
      special ||= SPECIAL.has(condition);
      cross ||= CROSSES.has(condition);
      complex ||= COMPLEX.has(condition);
      buyWrite ||= condition === "BUYWRITE";
      if (!this.conditions.includes(condition)) this.conditions.push(condition);
    }
    if (special) this.special++;
    if (cross) this.cross++;
    if (complex) this.complex++;
    if (buyWrite) this.buyWrite++;
  }
}
