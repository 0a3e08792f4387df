import { ok, strictEqual } from "node:assert/strict";
import { DEFAULT_CONTROL, fixedTimeline, sessionById, SessionMarket } from "../../regime/mod.ts";
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
