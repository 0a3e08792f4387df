import { deepEqual, equal, ok } from "node:assert/strict";
import { DEFAULT_CONTROL, fixedTimeline, sessionById, SessionMarket } from "../../regime/mod.ts";
import type { Parent } from "../parent.ts";
import { SessionSchedule } from "../schedule/mod.ts";
import { type OptionsOutput, OptionsTape } from "./mod.ts";

const SESSION = sessionById(202601140);
const TIMELINE = fixedTimeline(DEFAULT_CONTROL);
const MARKET = new SessionMarket(SESSION, TIMELINE, "et");

function parents(): readonly Parent[] {
  const schedule = new SessionSchedule(MARKET);
  schedule.extendTo(SESSION.openTs + 2_400_000);
  return schedule.parents.filter(({ ts }) => ts > SESSION.openTs + 200_000);
}

/** A tape of given parents on prices that they do not move. */
function tapeOf(of: readonly Parent[]): OptionsTape {
  const path = { market: MARKET, mid: (s: number, ts: number) => MARKET.basePrice(s, ts) };
  return new OptionsTape(path, { market: MARKET, parents: of, extendTo() {} }, "steady", TIMELINE);
}

/** Whoever is quoted whether or not he trades has a quote in so long a time, ms. */
const LONGEST_MS = 65_000;

/** Quotes and prints of some contracts around an instant. */
function around(tape: OptionsTape, contracts: ReadonlySet<string>, ts: number, afterMs: number) {
  const quotes: OptionsOutput["quotes"] = [];
  const prints: OptionsOutput["prints"] = [];
  const out: OptionsOutput = { quotes: [], prints: [] };
  const from = Math.floor(ts / 1_000) * 1_000 - LONGEST_MS;
  for (let second = from; second < ts + afterMs; second += 1_000) {
    tape.second(second, out);
    quotes.push(...out.quotes.filter((quote) => contracts.has(quote.option_contract_id)));
    prints.push(...out.prints.filter((print) => contracts.has(print.option_contract_id)));
  }
  return { quotes, prints };
}

const PARENTS = parents().slice(0, 24);
/** Contracts without a quote that are looked at. */
const ENOUGH = 4;

Deno.test("a parent leaves no trace in its contracts' quotes before its first print", () => {
  let compared = 0;
  for (const parent of PARENTS.slice(0, 8)) {
    const contracts = new Set(parent.legs.map(({ contractId }) => contractId));
    const plain = around(tapeOf([]), contracts, parent.ts, 0);
    // Background flow keeps clear of parents: a contract that it traded lately cannot be compared.
    if (plain.prints.length > 0) continue;
    const traded = around(tapeOf([parent]), contracts, parent.ts, 0);
    const before = ({ quotes }: typeof plain) =>
      quotes.filter(({ ts }) => ts < parent.ts)
        .map(({ ts, option_contract_id: id, bid, ask }) => ({ ts, id, bid, ask }));
    deepEqual(before(traded), before(plain));
    compared++;
  }
  ok(compared >= 5, `${compared}`);
});

Deno.test("the first print in a contract without a quote has one within 25 ms", () => {
  let answered = 0;
  for (const parent of PARENTS) {
    if (answered === ENOUGH) break;
    const [leg] = parent.legs;
    if (leg === undefined) continue;
    const contracts = new Set([leg.contractId]);
    const { quotes, prints } = around(tapeOf([parent]), contracts, parent.ts, 20_000);
    const first = prints[0]?.ts ?? 0;
    if (first !== parent.ts || quotes.some(({ ts }) => ts <= first && ts > first - 31_000)) {
      continue;
    }
    const wait = (quotes.find(({ ts }) => ts > first)?.ts ?? Infinity) - first;
    ok(wait >= 1 && wait <= 25, `${leg.contractId}: ${wait} ms`);
    const isOff = quotes.every(({ ts }) => ts > first);
    ok(!isOff || quotes.some(({ ts }) => ts > first + 25), "and it is kept up");
    answered++;
  }
  equal(answered, ENOUGH);
});

Deno.test("a print trades at the quote that stands, for half a minute", () => {
  const tape = tapeOf([]);
  const out: OptionsOutput = { quotes: [], prints: [] };
  const standing = new Map<string, { ts: number; bid: number; ask: number }>();
  let atSide = 0;
  let beyond = 0;
  let prints = 0;
  for (let s = 600; s < 900; s++) {
    tape.second(SESSION.openTs + s * 1_000, out);
    const quotes = [...out.quotes];
    for (const print of out.prints) {
      while ((quotes[0]?.ts ?? Infinity) <= print.ts) {
        const quote = quotes.shift();
        if (quote !== undefined) standing.set(quote.option_contract_id, quote);
      }
      const quote = standing.get(print.option_contract_id);
      if (quote === undefined || quote.bid === 0 || print.ts - quote.ts > 30_000) continue;
      prints++;
      if (print.price === quote.bid || print.price === quote.ask) atSide++;
      else if (print.price > quote.ask + 0.051 || print.price < quote.bid - 0.051) beyond++;
    }
    for (const quote of quotes) standing.set(quote.option_contract_id, quote);
  }
  ok(prints > 500, `${prints}`);
  equal(beyond, 0);
  ok(atSide > 0.3 * prints, `${atSide} of ${prints}`);
});
