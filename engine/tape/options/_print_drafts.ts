import { extend, toUnit } from "../../regime/mod.ts";
import type { ParentSchedule } from "../market_tape_types.ts";
import type { Parent, Placement } from "../parent.ts";
import type { Contract, ContractCache } from "./_contract.ts";
import type { Label } from "./_label_memory.ts";
import type { Background } from "./background.ts";
import type { BackgroundPacket } from "./background_types.ts";

const LONGEST_PACKET_MS = 6_000;
const LONGEST_PARENT_MS = 10_000;

/** A print before the quote that stands gives it a price. */
export interface PrintDraft {
  readonly ts: number;
  readonly contract: Contract;
  readonly placement: Placement;
  /** +1: a mid print leans to the ask. */
  readonly toward: 1 | -1;
  readonly size: number;
  /** Lots of the whole packet and premium that they may not pass, USD. */
  readonly lots: number;
  readonly capUsd: number;
  readonly venue: string;
  readonly conditions: readonly string[];
  readonly label: Label;
}

/** What parents and the background print in a second. */
export class PrintDrafts {
  readonly #schedule: ParentSchedule;
  readonly #cache: ContractCache;
  readonly #background: Background;

  /** @param schedule Built to the end of every second that is asked for, and 13 s on. */
  constructor(schedule: ParentSchedule, cache: ContractCache, background: Background) {
    this.#schedule = schedule;
    this.#cache = cache;
    this.#background = background;
  }

  /** Prints of the second at `secondMs`, ascending in time; at one instant in order of parents and packets. */
  second(secondMs: number): readonly PrintDraft[] {
    const prints: PrintDraft[] = [];
    this.#addParents(secondMs, prints);
    this.#addBackground(secondMs, prints);
    return prints.sort((a, b) => a.ts - b.ts);
  }

  #addParents(secondMs: number, prints: PrintDraft[]): void {
    const { parents } = this.#schedule;
    const from = secondMs - LONGEST_PARENT_MS;
    let first = parents.length;
    while (first > 0 && (parents[first - 1]?.ts ?? 0) >= from) first--;
    for (let i = first; i < parents.length; i++) {
      const parent = parents[i];
      if (parent === undefined || parent.ts >= secondMs + 1_000) continue;
      this.#addParent(parent, secondMs, prints);
    }
  }

  #addParent(parent: Parent, secondMs: number, prints: PrintDraft[]): void {
    for (const plan of parent.prints) {
      if (plan.ts < secondMs || plan.ts >= secondMs + 1_000) continue;
      const leg = parent.legs[plan.leg];
      if (leg === undefined) continue;
      const listed = this.#cache.expiry(leg.expiry);
      prints.push({
        ts: plan.ts,
        contract: this.#cache.get(parent.symbol, listed, leg.strike, leg.right, secondMs),
        placement: plan.placement,
        toward: leg.side,
        size: plan.size,
        lots: plan.size,
        capUsd: Infinity,
        venue: plan.venue,
        conditions: plan.conditions,
        label: parent,
      });
    }
  }

  #addBackground(secondMs: number, prints: PrintDraft[]): void {
    for (let back = LONGEST_PACKET_MS; back >= 0; back -= 1_000) {
      for (const packet of this.#background.packets(secondMs - back)) {
        if (packet.lastTs >= secondMs) this.#packetPrints(packet, secondMs, prints);
      }
    }
  }

  #packetPrints(packet: BackgroundPacket, secondMs: number, prints: PrintDraft[]): void {
    const { contract, lots, capUsd, kind } = packet;
    packet.prints.forEach((print, i) => {
      if (print.ts < secondMs || print.ts >= secondMs + 1_000) return;
      prints.push({
        ts: print.ts,
        contract,
        placement: print.placement,
        toward: toUnit(extend(extend(contract.draws, print.ts), i)) < 0.5 ? 1 : -1,
        size: print.size,
        lots,
        capUsd,
        venue: print.venue,
        conditions: print.conditions,
        label: { slot: -1, family: "neutral_noise", subtype: kind, direction: 0 },
      });
    });
  }
}
