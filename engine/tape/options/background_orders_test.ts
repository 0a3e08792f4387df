import { ok, strictEqual } from "node:assert/strict";
import { DEFAULT_CONTROL, fixedTimeline, sessionById, SessionMarket } from "../../regime/mod.ts";
import { SessionSchedule } from "../schedule/mod.ts";
import { ContractCache } from "./_contract.ts";
import { Background } from "./background.ts";
import { MEAN_PRINTS } from "./background_packet.ts";
import type { BackgroundPacket } from "./background_types.ts";
import { ParentIndex } from "./pressure.ts";

const SESSION = sessionById(202601140);
const TIMELINE = fixedTimeline(DEFAULT_CONTROL);
const MINUTES = 20;

/** Every order of some minutes around noon, each as its legs. */
function orders(): readonly (readonly BackgroundPacket[])[] {
  const market = new SessionMarket(SESSION, TIMELINE, "et");
  const background = new Background({
    market,
    timeline: TIMELINE,
    load: "steady",
    cache: new ContractCache(SESSION, () => DEFAULT_CONTROL.shared_seed),
    parents: new ParentIndex({ market, parents: [], extendTo() {} }),
  });
  const found: (readonly BackgroundPacket[])[] = [];
  const from = SESSION.openTs + 150 * 60_000;
  for (let ts = from; ts < from + MINUTES * 60_000; ts += 1_000) {
    for (const packet of background.packets(ts)) {
      if (packet.order === null) found.push([packet]);
      else if (packet.order[0] === packet) found.push(packet.order);
    }
  }
  return found;
}

const ORDERS = orders();
const PACKAGES = ORDERS.filter((legs) => legs.length > 1);

Deno.test("a background order prints each fill once in every leg, of one size and at one place", () => {
  ok(PACKAGES.length > 200, `${PACKAGES.length}`);
  for (const legs of PACKAGES) {
    const [first] = legs;
    strictEqual(new Set(legs.map(({ contract }) => contract.key)).size, legs.length);
    strictEqual(new Set(legs.map(({ contract }) => contract.symbol)).size, 1);
    for (const { prints } of legs) {
      strictEqual(prints.length, first?.prints.length);
      prints.forEach(({ ts, size, venue, conditions }, i) => {
        const fill = first?.prints[i];
        strictEqual(size, fill?.size);
        strictEqual(venue, fill?.venue);
        ok(Math.abs(ts - (fill?.ts ?? 0)) < 3);
        ok(["COMPLEX", "SPREAD"].includes(conditions[0] ?? ""));
      });
    }
  }
});

Deno.test("no background order of several legs is one that a reader could name", () => {
  for (const legs of PACKAGES) {
    const isLarge = legs.some(({ kind }) => kind === "mid_size" || kind === "block");
    const prints = legs.reduce((sum, leg) => sum + leg.prints.length, 0);
    // Fewer than three prints have no side; less than 10,000 USD is no event.
    if (isLarge) ok(prints === 2, `${prints} prints`);
    else ok(legs.reduce((sum, { capUsd }) => sum + capUsd, 0) < 7_001);
  }
});

Deno.test("orders have as many prints on average as their rate is made for", () => {
  const prints = ORDERS.flat().reduce((sum, leg) => sum + leg.prints.length, 0);
  const mean = prints / ORDERS.length;
  ok(Math.abs(mean / MEAN_PRINTS - 1) < 0.12, `${mean}, not ${MEAN_PRINTS}`);
});

interface Shown {
  readonly conditions: readonly string[];
  readonly venue: string;
  readonly size: number;
}

/** Share of the prints that show each value of a mark. */
function sharesOf(prints: readonly Shown[], mark: (print: Shown) => string): Map<string, number> {
  const shares = new Map<string, number>();
  for (const print of prints) {
    const value = mark(print);
    shares.set(value, (shares.get(value) ?? 0) + 1 / prints.length);
  }
  return shares;
}

/** Half the sum of the differences of shares: 0 for alike, 1 for nothing in common. */
function distance(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): number {
  let sum = 0;
  for (const value of new Set([...a.keys(), ...b.keys()])) {
    sum += Math.abs((a.get(value) ?? 0) - (b.get(value) ?? 0));
  }
  return sum / 2;
}

function isMultiLeg({ conditions }: Shown): boolean {
  return conditions.some((code) => ["COMPLEX", "SPREAD", "BUYWRITE"].includes(code));
}

Deno.test("marks of orders of the schedule follow the law of the background", () => {
  const schedule = new SessionSchedule(new SessionMarket(SESSION, TIMELINE, "et"));
  schedule.extendTo(SESSION.closeTs);
  const informed = schedule.parents.flatMap(({ prints }) => prints);
  const background = ORDERS.flat().flatMap(({ prints }) => prints);
  const compared = (mark: (print: Shown) => string, which: (print: Shown) => boolean) =>
    distance(
      sharesOf(informed.filter(which), mark),
      sharesOf(background.filter(which), mark),
    );
  const condition = ({ conditions }: Shown) => conditions.join();
  const isSingle = (print: Shown) => !isMultiLeg(print);
  const roundness = ({ size }: Shown) =>
    String([50, 25, 10, 5].find((unit) => size % unit === 0) ?? 1);
  // Chance and the mix of products part the samples by half as much; laws of their own by twice as much.
  const found: readonly (readonly [of: string, apart: number, most: number])[] = [
    ["condition, one leg", compared(condition, isSingle), 0.04],
    ["condition, several", compared(condition, isMultiLeg), 0.1],
    ["venue", compared(({ venue }) => venue, () => true), 0.16],
    ["round sizes", compared(roundness, ({ size }) => size >= 10 && size < 100), 0.14],
  ];
  for (const [of, apart, most] of found) ok(apart < most, `${of}: ${apart}`);
});
