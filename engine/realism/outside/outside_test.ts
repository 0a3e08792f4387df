/** Every meter finds what was planted, and finds nothing in noise. */
import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { Xoshiro256 } from "../../prng/mod.ts";
import type { RealismRow } from "../row.ts";
import { AgeHistogram } from "./age_histogram.ts";
import { OutsideAudit } from "./mod.ts";
import type { LabelOf, SeenEvent, SeenOptionPrint } from "./part.ts";

const FROM_TS = 1_768_401_000_000;
const SPY = "SPY-2026-01-14-590-C";

/** A record of a made tape. */
interface Made {
  readonly ts: number;
  readonly give: (audit: OutsideAudit) => void;
}

function run(made: readonly Made[], minutes: number, labelOf: LabelOf | null = null) {
  const audit = new OutsideAudit();
  audit.begin({ fromTs: FROM_TS, labelOf });
  for (const { give } of made.toSorted((a, b) => a.ts - b.ts)) give(audit);
  audit.end(FROM_TS + minutes * 60_000);
  return audit.rows();
}

function row(rows: readonly RealismRow[], id: string): RealismRow {
  const found = rows.find((each) => each.id === id);
  ok(found !== undefined, id);
  return found;
}

/** A number of a row by its name. */
function value(rows: readonly RealismRow[], id: string, of: string): number {
  return row(rows, id).values.find((each) => each.of === of)?.value ?? NaN;
}

function near(found: number, wanted: number, within: number, what: string): void {
  ok(Math.abs(found - wanted) <= within, `${what}: ${found}, not ${wanted} ± ${within}`);
}

function quoted(ts: number, contract: string, bid = 1, ask = 1.01): Made {
  const quote = { ts, option_contract_id: contract, bid, ask };
  return { ts, give: (audit) => audit.optionNbbo(quote) };
}

function printed(ts: number, contract: string, more: Partial<SeenOptionPrint> = {}): Made {
  const print: SeenOptionPrint = {
    ts,
    seq: ts,
    trace_id: `p${ts}`,
    option_contract_id: contract,
    price: 1,
    size: 10,
    exchange: "CBOE",
    conditions: [],
    ...more,
  };
  return { ts, give: (audit) => audit.optionPrint(print) };
}

function mid(ts: number, symbol: string, log: number): Made {
  const price = 100 * Math.exp(log);
  const quote = { ts, underlying_id: symbol, bid: price, ask: price };
  return { ts, give: (audit) => audit.equityQuote(quote) };
}

/** Times of a Poisson process, ms. */
function poisson(rng: Xoshiro256, perSecond: number, minutes: number): number[] {
  const times: number[] = [];
  for (let s = 0; s < minutes * 60;) {
    s -= Math.log(1 - rng.uniform()) / perSecond;
    times.push(FROM_TS + Math.floor(s * 1_000));
  }
  return times.filter((ts) => ts < FROM_TS + minutes * 60_000);
}

function normal(rng: Xoshiro256): number {
  return Math.sqrt(-2 * Math.log(1 - rng.uniform())) * Math.cos(2 * Math.PI * rng.uniform());
}

/** Quotes and prints of many contracts, each on its own; `lead`: some quotes are made before prints. */
function optionTape(lead: boolean): Made[] {
  const rng = new Xoshiro256(7);
  const made: Made[] = [];
  for (let i = 0; i < 60; i++) {
    const contract = `SPY-2026-01-14-${560 + i}-C`;
    for (const ts of poisson(rng, 1 / 30, 60)) made.push(quoted(ts, contract));
    for (const ts of poisson(rng, 1 / 60, 60)) {
      made.push(printed(ts, contract));
      if (lead && rng.uniform() < 0.3) made.push(quoted(Math.max(FROM_TS, ts - 4_000), contract));
    }
  }
  return made;
}

Deno.test("LookAhead finds quotes made before prints, and none where they know nothing", () => {
  const noise = run(optionTape(false), 60);
  near(value(noise, "X1", "SPY ratio"), 1, 0.25, "ratio without lead");
  strictEqual(row(noise, "X1").pass, true);
  // A window of 6.5 s sees a print in 1 - exp(-6.5 / 60) of the cases.
  near(value(noise, "X1", "SPY away"), 100 * (1 - Math.exp(-6.5 / 60)), 1, "base, %");
  const planted = run(optionTape(true), 60);
  ok(value(planted, "X1", "SPY ratio") > 2);
  strictEqual(row(planted, "X1").pass, false);
});

Deno.test("Rhythm finds a line of 1 Hz and its frequency, and none in random times", () => {
  const rng = new Xoshiro256(3);
  const times = poisson(rng, 20, 40);
  const noise = run(times.map((ts) => quoted(ts, SPY)), 40);
  ok(value(noise, "X2", "option quotes") < 1.8);
  strictEqual(row(noise, "X2").pass, true);
  // Five quotes around the same place of each second.
  const beats = Array.from(
    { length: 12_000 },
    (_, i) => FROM_TS + Math.floor(i / 5) * 1_000 + Math.floor(400 * rng.uniform()),
  );
  const planted = run([...times, ...beats].map((ts) => quoted(ts, SPY)), 40);
  ok(value(planted, "X2", "option quotes") > 5);
  near(value(planted, "X2", "at Hz"), 1, 0.03, "Hz");
  strictEqual(row(planted, "X2").pass, false);
});

Deno.test("Lattice finds the grid that busy times lie on, and none where they lie anywhere", () => {
  const rng = new Xoshiro256(5);
  const eventsOf = (busy: (s: number) => number): SeenEvent[] =>
    Array.from({ length: 23_400 }, (_, s) => s).filter((s) => rng.uniform() < 0.1 * busy(s)).map((
      s,
    ) => ({
      source_ts: FROM_TS + s * 1_000,
      member_print_ids: [],
      primary_profile_id: "arbitrage",
      probability: null,
      profile_scores: [],
    }));
  const sessions = (busy: () => (s: number) => number) => {
    const audit = new OutsideAudit();
    for (let i = 0; i < 4; i++) {
      audit.begin({ fromTs: FROM_TS, labelOf: null });
      for (const event of eventsOf(busy())) audit.event(event);
      audit.end(FROM_TS + 390 * 60_000);
    }
    return audit.rows();
  };
  const noise = sessions(() => () => 1);
  strictEqual(row(noise, "X2b").pass, true);
  const planted = sessions(() => {
    const blocks = Array.from({ length: 300 }, () => rng.uniform() < 0.35 ? 1.9 : 0.55);
    return (s) => blocks[Math.floor(s / 97)] ?? 1;
  });
  strictEqual(row(planted, "X2b").pass, false);
  near(value(planted, "X2b", "at s"), 97, 1, "length");
});

/** Prints of orders and others; a mark tells what was meant as far as `tell` goes. */
function labelledTape(tell: boolean) {
  const rng = new Xoshiro256(11);
  const labels = new Map<string, { slot: number; family: string }>();
  const made = Array.from({ length: 12_000 }, (_, i) => {
    const ts = FROM_TS + i * 100;
    const family = ["sweeper", "seller", "hedger"][Math.floor(rng.uniform() * 3)] ?? "";
    const isOrder = rng.uniform() < 0.4;
    if (isOrder) labels.set(`p${ts}`, { slot: i, family });
    const told = tell && isOrder && family === "sweeper" && rng.uniform() < 0.8;
    return printed(ts, SPY, {
      seq: i,
      exchange: ["CBOE", "ISE", "PHLX"][Math.floor(rng.uniform() * 3)] ?? "",
      size: 10 + Math.floor(rng.uniform() * 90),
      conditions: told || rng.uniform() < 0.1 ? ["ISO"] : [],
    });
  });
  return run(made, 20, (id) => labels.get(id) ?? null);
}

Deno.test("Conditional finds the mark that tells what was meant, and nothing in marks at random", () => {
  const noise = labelledTape(false);
  strictEqual(row(noise, "X3").pass, true);
  strictEqual(row(noise, "X3b").pass, true);
  const planted = labelledTape(true);
  // 0.82 of the sweepers' prints carry the mark and 0.1 of the others': (0.82 + 0.9) / 3 are told, not a third.
  near(value(planted, "X3b", "condition: accuracy"), 0.24, 0.04, "gain");
  strictEqual(row(planted, "X3b").pass, false);
  strictEqual(row(planted, "X3").pass, false);
  ok(value(planted, "X3b", "venue: accuracy") < 0.05);
});

/** Mids of symbols every 100 ms: `beta` times a common walk plus an own one; `echo` adds momentum. */
function walks(rho: number, { lagSteps = 0, echo = 0 } = {}): RealismRow[] {
  const rng = new Xoshiro256(13);
  const common = new Float64Array(18_100);
  const symbols = ["SPY", "QQQ"];
  for (let i = 0; i < common.length; i++) {
    const before = i === 0 ? 0 : (common[i - 1] ?? 0);
    common[i] = normal(rng) + echo * before;
  }
  const made: Made[] = [];
  const own = [0, 0];
  for (let i = 100; i < common.length; i++) {
    symbols.forEach((symbol, k) => {
      const shared = common[i - (k === 1 ? lagSteps : 0)] ?? 0;
      own[k] = (own[k] ?? 0) +
        1e-5 * (Math.sqrt(rho) * shared + Math.sqrt(1 - rho) * normal(rng));
      made.push(mid(FROM_TS + (i - 100) * 100, symbol, own[k] ?? 0));
    });
  }
  return run(made, 30);
}

Deno.test("PricePaths finds how twins go together, and that a walk has no memory", () => {
  const rows = walks(0.9);
  near(value(rows, "X4", "QQQ 1 s"), 0.9, 0.02, "correlation at 1 s");
  near(value(rows, "X4", "QQQ 60 s"), 0.9, 0.1, "correlation at 60 s");
  near(value(rows, "X4c", "next"), 0, 0.05, "autocorrelation");
  near(value(rows, "X4c", "same sign"), 0.5, 0.04, "same sign");
  near(value(rows, "X4c", "variance"), 1, 0.5, "variance ratio");
  strictEqual(value(rows, "X4d", "QQQ"), 0);
  strictEqual(row(rows, "X4d").pass, true);
  ok(value(walks(0.2), "X4", "QQQ 1 s") < 0.3);
});

Deno.test("PricePaths finds a fund that comes late, and moves that go on", () => {
  const late = walks(0.9, { lagSteps: 8 });
  strictEqual(value(late, "X4d", "QQQ"), 800);
  strictEqual(row(late, "X4d").pass, false);
  const gliding = walks(1, { echo: 0.95 });
  ok(value(gliding, "X4c", "next") > 0.3);
  ok(value(gliding, "X4c", "same sign") > 0.6);
  ok(value(gliding, "X4c", "variance") > 1.5);
  strictEqual(row(gliding, "X4c").pass, false);
});

Deno.test("AgeHistogram.quantile() is that of ages over time", () => {
  const ages = new AgeHistogram();
  for (let i = 0; i < 10; i++) ages.addGap(4_000);
  // Between quotes 4 s apart, age is anything from 0 to 4 s.
  near(ages.quantile(0.5), 2_000, 100, "median");
  near(ages.quantile(0.95), 3_800, 100, "p95");
});

Deno.test("Chain counts the busiest contracts, their age and what is missing of a chain", () => {
  const made: Made[] = [];
  for (let s = 0; s < 200 * 60; s += 30) {
    const ts = FROM_TS + s * 1_000;
    made.push(mid(ts, "SPY", Math.log(5.9)));
    // Strikes from 5 % below spot to 5 % above, but for five that nobody quotes.
    for (let strike = 561; strike <= 619; strike++) {
      if (strike % 10 === 0) continue;
      for (const right of ["C", "P"]) made.push(quoted(ts, `SPY-2026-01-15-${strike}-${right}`));
    }
    for (let i = 0; i < 20; i++) made.push(printed(ts + i, `SPY-2026-01-15-${580 + i}-C`));
  }
  const rows = run(made, 200);
  strictEqual(value(rows, "X5", "busiest"), 1);
  near(value(rows, "X5", "quotes/s"), 108 / 30, 0.1, "quotes a second");
  near(value(rows, "X5b", "median"), 15, 2, "age, s");
  near(value(rows, "X5c", "10 min"), 54 / 59, 1e-9, "chain");
  near(value(rows, "X5c", "SPY next day ever"), 18 / 19, 1e-9, "near spot");
});

Deno.test("Spreads tells spreads near and away from spot, and what ticks prices stand on", () => {
  const made: Made[] = [];
  for (let i = 0; i < 400; i++) {
    const ts = FROM_TS + 1 + i;
    made.push(
      quoted(ts, "SPY-2026-01-15-590-C", 3 + i / 100, 3.02 + i / 100),
      quoted(ts, "SPY-2026-01-15-610-C", 0.05, 0.06),
      // Deep in the money: neither near nor out.
      quoted(ts, "SPY-2026-01-15-500-C", 90, 95.01),
      quoted(ts, "SPY-2026-01-15-501-C", 90, 95.01),
      quoted(ts, "AAPL-2026-01-16-235-C", 4, 4.05),
    );
  }
  const rows = run([mid(FROM_TS, "SPY", Math.log(5.9)), ...made], 1);
  deepStrictEqual(row(rows, "X5d").values.map(({ value }) => value), [2, null, 1, 0.95, 0]);
  strictEqual(row(rows, "X5d").pass, true);
});

Deno.test("Shares counts volume by legs, rights, days, venues, sizes and age of quotes", () => {
  const made: Made[] = [];
  for (let i = 0; i < 6_000; i++) {
    const ts = FROM_TS + i * 1_000;
    if (i % 100 === 0) made.push(quoted(ts, SPY));
    made.push(printed(ts + 1, i % 2 === 0 ? SPY : "SPY-2026-01-16-590-P", {
      size: i % 4 === 0 ? 200 : 11,
      exchange: i % 4 === 0 ? "CBOE" : "ISE",
      conditions: i % 4 === 0 ? ["SPREAD"] : [],
    }));
    made.push({
      ts,
      give: (audit) =>
        audit.equityPrint({
          ts,
          underlying_id: "SPY",
          price: 590,
          size: i % 2 === 0 ? 100 : 50,
          exchange: "D",
          offExchangeFlag: i % 2 === 0,
          conditions: [],
        }),
    });
  }
  const rows = run(made, 100);
  near(value(rows, "X6", "legs"), 200 / 233, 1e-9, "legs");
  near(value(rows, "X6", "calls"), 211 / 233, 1e-9, "calls");
  near(value(rows, "X6", "same day"), 211 / 233, 1e-9, "same day");
  near(value(rows, "X6b", "greatest ÷ least"), 200 / 33, 1e-9, "venues");
  // Half the prints are in a contract that is never quoted; the other's quote is older than 30 s in 69 of 100.
  near(value(rows, "X6c", "missing"), 0.5, 1e-9, "missing");
  near(value(rows, "X6c", "30 s"), 0.85, 0.006, "stale");
  near(value(rows, "X6d", "hundreds"), 1, 1e-9, "hundreds");
  near(value(rows, "X6d", "tens"), 0.25, 1e-9, "tens");
  near(value(rows, "X6e", "off exchange"), 2 / 3, 1e-9, "off exchange");
});

/** Named events with one print each, of which the first nine in ten are right. */
function namedEvents(probability: number | null) {
  const made: Made[] = [];
  for (let i = 0; i < 1_000; i++) {
    const ts = FROM_TS + i * 100;
    const event: SeenEvent = {
      source_ts: ts,
      member_print_ids: [`p${ts}`],
      primary_profile_id: "arbitrage",
      probability,
      profile_scores: [{
        profile_id: "arbitrage",
        score: 0.55,
        confidence_band: "medium",
        direction: "neutral",
        reasons: [],
      }],
    };
    made.push(printed(ts, SPY), { ts, give: (audit) => audit.event(event) });
  }
  const right: LabelOf = (id) =>
    Number(id.slice(1)) % 1_000 < 900 ? { slot: 1, family: "arbitrage" } : null;
  return run(made, 2, right);
}

Deno.test("Calibration finds how far what is said is from what is right, whatever the score", () => {
  const rows = namedEvents(0.75);
  near(value(rows, "X8", "right at 0.7"), 0.9, 1e-9, "share right");
  near(value(rows, "X8", "right at score 0.5"), 0.9, 1e-9, "share right by score");
  near(value(rows, "X8", "error"), 0.15, 1e-9, "error");
  strictEqual(row(rows, "X8").pass, false);
  strictEqual(row(namedEvents(0.9), "X8").pass, true);
});

Deno.test("Calibration judges no event that says nothing of itself", () => {
  const rows = namedEvents(null);
  strictEqual(row(rows, "X8").pass, null);
  strictEqual(row(rows, "X8").n, 0);
  near(value(rows, "X8", "right at score 0.5"), 0.9, 1e-9, "share right by score");
});
