import { deepEqual, equal, ok } from "node:assert/strict";
import { nearestStrike, parseContractId, strikeStep } from "../../options/mod.ts";
import {
  DEFAULT_CONTROL,
  fixedTimeline,
  sessionById,
  SessionMarket,
  symbolIndex,
  UNIVERSE,
} from "../../regime/mod.ts";
import { MarketTape } from "../market_tape.ts";
import { type ListedExpiry, sessionListing } from "./mod.ts";

const TIMELINE = fixedTimeline(DEFAULT_CONTROL);

function listed(sessionId: number, symbol: string): readonly ListedExpiry[] {
  const market = new SessionMarket(sessionById(sessionId), TIMELINE, "et");
  return sessionListing(market, symbolIndex(symbol));
}

Deno.test("sessionListing() lists every strike around the money, without a hole, for every expiry", () => {
  const market = new SessionMarket(sessionById(202601150), TIMELINE, "et");
  UNIVERSE.forEach(({ symbol: root }, symbol) => {
    const step = strikeStep(root);
    const money = nearestStrike(root, market.basePrice(symbol, market.session.openTs));
    for (const { strikes } of sessionListing(market, symbol)) {
      ok(strikes.includes(money) && strikes.length >= 3, `${root} ${strikes}`);
      strikes.slice(1).forEach((strike, i) => equal(strike - (strikes[i] ?? 0), step));
    }
  });
});

Deno.test("sessionListing() holds 95 % of what the session quotes", () => {
  const { openTs } = sessionById(202601150);
  const tape = new MarketTape({ clock: "et", load: "steady", timeline: TIMELINE });
  tape.seek(openTs + 4 * 3_600_000);
  const market = tape.market();
  ok(market !== null);
  const known = new Set<string>();
  UNIVERSE.forEach(({ symbol: root }, symbol) => {
    for (const { date, strikes } of sessionListing(market, symbol)) {
      for (const strike of strikes) known.add(`${root} ${date} ${strike}`);
    }
  });
  let quotes = 0;
  let found = 0;
  const skip = () => {};
  tape.advance(tape.position + 60_000, {
    optionNbbo: ({ option_contract_id: id }) => {
      const terms = parseContractId(id);
      quotes++;
      if (terms !== null && known.has(`${terms.root} ${terms.expiry} ${terms.strike}`)) found++;
    },
    optionPrint: skip,
    equityQuote: skip,
    equityPrint: skip,
  });
  ok(quotes > 1_000 && found / quotes > 0.95, `${found} of ${quotes}`);
});

Deno.test("open interest is the same all session, and a contract keeps its draw from day to day", () => {
  deepEqual(listed(202601150, "NVDA"), listed(202601150, "NVDA"));
  const [today, next] = [listed(202601150, "SPY"), listed(202601160, "SPY")].map((list) => {
    const monthly = list.find(({ date }) => date === 20260220);
    ok(monthly !== undefined);
    return new Map(monthly.strikes.map((strike, i) => [strike, monthly.callOpenInterest[i] ?? 0]));
  });
  ok(today !== undefined && next !== undefined);
  // The money moves from day to day, and what is held with it; what is a contract's own does not change.
  const ratios = [...today].filter(([strike]) => strike > 660).flatMap(([strike, held]) => {
    const later = next.get(strike);
    return later === undefined ? [] : [later / held];
  });
  ok(ratios.length > 20);
  ratios.slice(1).forEach((ratio, i) => ok(Math.abs(ratio / (ratios[i] ?? 0) - 1) < 0.05));
});

Deno.test("open interest gathers at round strikes, in months' own expiries, and out of the money", () => {
  const chain = listed(202601150, "SPY");
  const total = (date: number) =>
    chain.find((expiry) => expiry.date === date)?.callOpenInterest.reduce((a, b) => a + b, 0) ?? 0;
  ok(total(20260220) > 2 * total(20260213) && total(20260220) > 2 * total(20260227));
  const monthly = chain.find(({ date }) => date === 20260220);
  ok(monthly !== undefined);
  const mean = (isIn: (strike: number) => boolean) => {
    const held = monthly.callOpenInterest.filter((_, i) => isIn(monthly.strikes[i] ?? 0));
    return held.reduce((a, b) => a + b, 0) / held.length;
  };
  ok(mean((strike) => strike % 10 === 0) > 2 * mean((strike) => strike % 2 === 1));
  const all = [...monthly.callOpenInterest, ...monthly.putOpenInterest];
  ok(all.every((held) => Number.isInteger(held) && held >= 5));
});
