import fc from "fast-check";
import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { PROFILE_IDS, type ProfileId } from "../../regime/mod.ts";
import type { PacketFacts } from "../packet_facts.ts";
import { factsWith } from "../testing/facts.ts";
import { explainProfiles, type ReasonCode, scoreProfiles } from "./mod.ts";
import { REASON_CODES } from "./reasons.ts";

function near(got: number, want: number, digits = 1e-6): void {
  ok(Math.abs(got - want) <= digits, `${got} is not ${want}`);
}

const SWEEP = factsWith({});

Deno.test("scoreProfiles() gives the fit that the table gives by hand: a bought call sweep", () => {
  const { fits, primary, abstained } = scoreProfiles(SWEEP);
  // log10 200,000 = 5.30103; (5.30103 − 4.4) / 1.1 = 0.819118; dominant side 0.9 × 0.9 = 0.81 → 1
  const lp = 0.819118;
  near(fits[0]!, 0.14 + 0.24 * lp + 0.2 + 0.1 + 0.12 + 0.08 + 0.1 + 0.06);
  // prints (10 − 5) / 9, bought 0.81 → 1, venues (4 − 2) / 3; long-dated halves, 20,000 USD a print
  near(fits[1]!, (0.1 + 0.14 * 5 / 9 + 0.14 + 0.06 * 2 / 3 + 0.08) * 0.5 * 0.62);
  near(fits[2]!, 0.1 + 0.12 * lp + 0.12 + 0.08 + 0.08);
  near(fits[3]!, (0.1 + 0.14 * 11 / 14 + 0.12 * lp + 0.08) * 0.3);
  near(fits[4]!, (0.06 + 0.06) * 0.2);
  near(fits[5]!, (0.1 + 0.12 * 100 / 1_200 + 0.1 + 0.08) * 0.4);
  strictEqual(primary, "institutional_directional");
  strictEqual(abstained, false);
});

Deno.test("the score is the fit times the lead and quality factors", () => {
  const { fits, scores } = scoreProfiles(factsWith({ coverage: 0.8, staleRatio: 0.25 }));
  const lead = fits[0]! - fits[2]!;
  const share = Math.min(1, (lead + 0.1) / 0.55);
  near(scores[0]!, fits[0]! * (0.55 + 0.45 * share) * (0.75 + 0.25 * 0.6));
});

Deno.test("explainProfiles() tells the score uncut, where the record cuts it off at 1", () => {
  const { profiles } = explainProfiles(factsWith({ premiumUsd: 400_000 }));
  const best = profiles.toSorted((a, b) => b.score - a.score)[0]!;
  ok(best.score > 1, `${best.profile} ${best.score}`);
  strictEqual(best.stored, 1);
  for (const { score, stored } of profiles) {
    strictEqual(stored, Math.round(Math.min(1, score) * 1e6) / 1e6);
  }
});

/** One packet that is plainly of each kind. */
const PLAIN: Readonly<Record<ProfileId, PacketFacts>> = {
  institutional_directional: SWEEP,
  retail_whale: factsWith({
    dteDays: 1,
    absDelta: 0.18,
    strikeRank: 4,
    printCount: 28,
    ivShock: 0.03,
    avgPrice: 0.4,
    premiumUsd: 60_000,
    totalSize: 1_500,
    venueCount: 6,
  }),
  event_driven: factsWith({ dteDays: 6, daysToEvent: 3, expiryAfterEvent: true, ivShock: 0.006 }),
  vol_seller: factsWith({
    buyRatio: 0.1,
    sellRatio: 0.9,
    dteDays: 30,
    absDelta: 0.25,
    ivShock: -0.005,
    venueCount: 2,
  }),
  arbitrage: factsWith({
    structure: "box",
    legs: 4,
    right: null,
    symmetry: 1,
    netDelta: 0,
    netVega: 0,
    insideRatio: 0.9,
    aggressorRatio: 0.1,
    buyRatio: 0.5,
    sellRatio: 0.5,
    venueCount: 1,
  }),
  hedge_reactive: factsWith({
    right: "P",
    dteDays: 0,
    strikeRank: 0,
    moveBps: -30,
    moveZ: -2.2,
    totalSize: 1_400,
    avgPrice: 1.5,
  }),
};

Deno.test("scoreProfiles() names each plain kind with high confidence, in its direction", () => {
  const direction = {
    institutional_directional: "bullish",
    retail_whale: "bullish",
    event_driven: "bullish",
    vol_seller: "neutral",
    arbitrage: "neutral",
    hedge_reactive: "bearish",
  } as const;
  for (const [index, profile] of PROFILE_IDS.entries()) {
    const scoring = scoreProfiles(PLAIN[profile]);
    strictEqual(scoring.primary, profile);
    ok(scoring.scores[index]! >= 0.72, `${profile} ${scoring.scores[index]}`);
    strictEqual(scoring.bands[index], "high");
    strictEqual(scoring.directions[index], direction[profile]);
    strictEqual(scoring.order[0], index);
  }
});

Deno.test("a mostly aggressive side decides, not the side's share of few aggressive prints", () => {
  // One print in ten was aggressive; all of that one bought: no conviction, though the share is 1.
  const { fits } = scoreProfiles(
    factsWith({ aggressorRatio: 0.1, insideRatio: 0.6, buyRatio: 1, sellRatio: 0 }),
  );
  ok(fits[0]! < scoreProfiles(SWEEP).fits[0]! - 0.19);
});

Deno.test("premium counts in dollars: a hundredth of it is another packet", () => {
  const small = factsWith({ premiumUsd: 2_000 });
  strictEqual(scoreProfiles(small).candidate, false);
  strictEqual(scoreProfiles(factsWith({ premiumUsd: 200_000 })).candidate, true);
  strictEqual(scoreProfiles(factsWith({ premiumUsd: 12_000, totalSize: 600 })).candidate, true);
  strictEqual(scoreProfiles(factsWith({ premiumUsd: 9_000, totalSize: 6_000 })).candidate, false);
});

Deno.test("same-day expiry counts as zero days", () => {
  const today = scoreProfiles(PLAIN.hedge_reactive);
  const never = scoreProfiles({ ...PLAIN.hedge_reactive, dteDays: 999, strikeRank: null });
  ok(today.fits[5]! > 0.9 && never.fits[5]! < 0.3);
});

Deno.test("direction follows the right and the side; two-sided is mixed", () => {
  const cases: [Partial<PacketFacts>, string][] = [
    [{ right: "C", buyRatio: 0.9, sellRatio: 0.1 }, "bullish"],
    [{ right: "C", buyRatio: 0.1, sellRatio: 0.9 }, "bearish"],
    [{ right: "P", buyRatio: 0.9, sellRatio: 0.1 }, "bearish"],
    [{ right: "P", buyRatio: 0.1, sellRatio: 0.9 }, "bullish"],
    [{ right: "P", buyRatio: 0.54, sellRatio: 0.46 }, "mixed"],
    [{ right: "C", coverage: 0, staleRatio: 1, buyRatio: 0, sellRatio: 0 }, "unknown"],
  ];
  for (const [change, want] of cases) {
    strictEqual(scoreProfiles(factsWith(change)).directions[0], want);
  }
  strictEqual(
    scoreProfiles(factsWith({ structure: "straddle", legs: 2, right: null })).directions[2],
    "neutral",
  );
});

Deno.test("no profile is named without quotes, inside the market or across an auction", () => {
  const cases: [Partial<PacketFacts>, string][] = [
    [{ printCount: 10, coverage: 0.2, staleRatio: 0.8 }, "stale_or_missing_quote_context"],
    [{ printCount: 2 }, "stale_or_missing_quote_context"],
    [{ insideRatio: 0.8, aggressorRatio: 0.2 }, "inside_market_or_cross_like_execution"],
    [{ crossRatio: 0.5 }, "special_print_or_complex_context"],
  ];
  for (const [change, code] of cases) {
    const scoring = scoreProfiles(factsWith(change));
    deepStrictEqual(scoring.suppressed, [code]);
    strictEqual(scoring.abstained, true);
    strictEqual(scoring.primary, null);
  }
});

Deno.test("three prints with a quote are enough to name one, however many have none", () => {
  const { suppressed } = scoreProfiles(
    factsWith({ printCount: 10, coverage: 0.3, staleRatio: 0.7 }),
  );
  deepStrictEqual(suppressed, []);
});

Deno.test("guards: at the money and soon over is no bet, large prints are no crowd's, few prove little", () => {
  const bet = scoreProfiles(factsWith({ dteDays: 2, strikeRank: 0 })).fits[0]!;
  const later = scoreProfiles(factsWith({ dteDays: 3, strikeRank: 0 })).fits[0]!;
  near(bet / later, 0.6);
  const crowd = scoreProfiles(factsWith({ printCount: 20, premiumUsd: 230_000 })).fits[1]!;
  const large = scoreProfiles(factsWith({ printCount: 20, premiumUsd: 250_000 })).fits[1]!;
  near(large / crowd, 0.62);
  const hedge = { ...PLAIN.hedge_reactive, pastEvent: true };
  near(scoreProfiles(hedge).fits[2]! / scoreProfiles({ ...hedge, dteDays: 3 }).fits[2]!, 0.6);
  const lean = (printCount: number, buyRatio: number) =>
    scoreProfiles(factsWith({ printCount, buyRatio, sellRatio: 1 - buyRatio })).fits[0]!;
  ok(lean(6, 0.667) > 1.3 * lean(5, 0.667) && lean(6, 0.655) < lean(6, 0.667) / 1.3);
  const thin = { ...PLAIN.vol_seller, premiumUsd: 200_000 };
  const ratio = scoreProfiles({ ...thin, printCount: 2 }).fits[3]! /
    scoreProfiles({ ...thin, printCount: 3 }).fits[3]!;
  near(ratio, 0.42);
});

const ratio = fc.double({ min: 0, max: 1, noNaN: true });
const anyFacts: fc.Arbitrary<PacketFacts> = fc.record({
  structure: fc.constantFrom(null, "box", "straddle", "vertical", "roll", "conversion"),
  legs: fc.integer({ min: 1, max: 4 }),
  right: fc.constantFrom(null, "C", "P"),
  printCount: fc.integer({ min: 1, max: 60 }),
  totalSize: fc.integer({ min: 1, max: 10_000 }),
  premiumUsd: fc.double({ min: 1, max: 1e7, noNaN: true }),
  avgPrice: fc.double({ min: 0.01, max: 300, noNaN: true }),
  buyRatio: ratio,
  sellRatio: ratio,
  aggressorRatio: ratio,
  insideRatio: ratio,
  coverage: ratio,
  staleRatio: ratio,
  venueCount: fc.integer({ min: 1, max: 8 }),
  dteDays: fc.integer({ min: 0, max: 220 }),
  absDelta: fc.option(ratio),
  strikeRank: fc.option(fc.integer({ min: 0, max: 60 })),
  ivShock: fc.double({ min: -0.1, max: 0.1, noNaN: true }),
  spreadZ: fc.double({ min: -5, max: 5, noNaN: true }),
  moveBps: fc.option(fc.double({ min: -200, max: 200, noNaN: true })),
  moveZ: fc.option(fc.double({ min: -6, max: 6, noNaN: true })),
  netDelta: fc.double({ min: -1, max: 1, noNaN: true }),
  netVega: fc.double({ min: -1, max: 1, noNaN: true }),
  symmetry: ratio,
  stockLinked: fc.boolean(),
  orphanLeg: fc.boolean(),
  specialRatio: ratio,
  crossRatio: ratio,
  daysToEvent: fc.option(fc.double({ min: 0, max: 40, noNaN: true })),
  expiryAfterEvent: fc.option(fc.boolean()),
  pastEvent: fc.boolean(),
}) as fc.Arbitrary<PacketFacts>;

Deno.test("scores of any facts lie from 0 to 1, and the evidence adds up to them", () => {
  const codes = new Set<string>(REASON_CODES);
  fc.assert(
    fc.property(anyFacts, (facts) => {
      const { scoring, profiles } = explainProfiles(facts);
      for (const [index, evidence] of profiles.entries()) {
        ok(evidence.stored >= 0 && evidence.stored <= 1);
        let fit = evidence.base;
        for (const term of evidence.terms) {
          ok(term.value >= 0 && term.value <= 1, term.id);
          fit += term.contribution;
        }
        for (const guard of evidence.guards) if (guard.applies) fit *= guard.factor;
        near(fit, evidence.fit, 1e-12);
        near(
          Math.min(1, fit * evidence.leadFactor * evidence.qualityFactor),
          evidence.stored,
          1e-6,
        );
        for (const reason of scoring.reasons[index]!) ok(codes.has(reason));
      }
      strictEqual(scoring.primary === null, scoring.abstained);
    }),
    { seed: 11, numRuns: 500 },
  );
});

/** Reasons whose term carries the same name in every profile. */
const TIED: Partial<Record<ReasonCode, string>> = {
  large_parent_event: "premium",
  multi_venue_sweep: "venues",
  burst_print_pattern: "prints",
  iv_compression: "volatility_fall",
  matched_leg_symmetry: "leg_symmetry",
};

Deno.test("a reason stands exactly where its term added at least 0.04 after the guards", () => {
  fc.assert(
    fc.property(anyFacts, (facts) => {
      const { scoring, profiles } = explainProfiles(facts);
      for (const [index, { terms, guards }] of profiles.entries()) {
        const kept = guards.reduce((all, guard) => guard.applies ? all * guard.factor : all, 1);
        for (const [reason, id] of Object.entries(TIED)) {
          const term = terms.find((one) => one.id === id && one.reason === reason);
          const counted = term !== undefined && term.contribution * kept >= 0.04;
          strictEqual(scoring.reasons[index]!.includes(reason as ReasonCode), counted, reason);
        }
      }
    }),
    { seed: 12, numRuns: 300 },
  );
});
