import { deepEqual, equal, ok } from "node:assert/strict";
import fc from "fast-check";
import { GEX_STRIKES } from "./gex_surface.ts";
import { ASSUMPTIONS, whatIf } from "../profile/mod.ts";
import { IV_SOURCES } from "../../frames/surfaces/mod.ts";
import { Gamma, type GammaColumns } from "./mod.ts";
import { naiveGamma } from "./testing/naive_gamma.ts";
import { type Session, sessions } from "./testing/random_session.ts";

const RUNS = { seed: 3, numRuns: 60 };

function eachWindow(
  { chain, steps }: Session,
  check: (columns: GammaColumns, at: number) => void,
  gamma = new Gamma(chain),
) {
  steps.forEach(({ quotes, window, signedVolume }, at) =>
    check(gamma.close(chain, quotes, window, signedVolume), at)
  );
}

/** Equal to a share of the size, or both none. */
function near(is: number, want: number, tolerance: number, what: string) {
  if (Number.isNaN(want)) ok(Number.isNaN(is), `${what}: ${is}, not none`);
  else ok(Math.abs(is - want) <= tolerance, `${what}: ${is}, not ${want}`);
}

Deno.test("Gamma.close() says what a plain implementation says of random sessions", () => {
  const sources = new Map<string, number>();
  fc.assert(
    fc.property(sessions, (session) => {
      const naive = naiveGamma(session);
      eachWindow(session, ({ smile, surface, summary }, at) => {
        const want = naive[at]!;
        for (let i = 0; i < smile.count; i++) {
          const strike = want.strikes.get(smile.strikeInt[i]!)!;
          const source = IV_SOURCES[smile.ivSource[i]!]!;
          deepEqual([source, smile.staleS[i]], [strike.source, strike.stale]);
          near(smile.iv[i]!, strike.iv, 1e-7, "iv");
          sources.set(source, (sources.get(source) ?? 0) + 1);
        }
        equal(surface.count, want.gexByStrike === null ? 0 : GEX_STRIKES);
        const size = Math.max(1, ...surface.gexAbs);
        for (let i = 0; i < surface.count; i++) {
          const row = want.gexByStrike!.get(surface.strikeInt[i]!)!;
          near(surface.gexCallAbs[i]!, row.call, 1e-6 * size, "call");
          near(surface.gexPutAbs[i]!, row.put, 1e-6 * size, "put");
        }
        near(summary.gexTotal, want.total, 1e-6 * size, "total");
        near(summary.zeroGammaPriceInt / 1e9, want.zeroGamma, 1e-4, "zero gamma");
        const { zeroGammaLowInt, zeroGammaPriceInt, zeroGammaHighInt } = summary;
        equal(Number.isNaN(zeroGammaLowInt), Number.isNaN(zeroGammaPriceInt));
        ok(!(zeroGammaLowInt > zeroGammaPriceInt) && !(zeroGammaHighInt < zeroGammaPriceInt));
        near(summary.atmIv, want.atmIv, 1e-7, "at the money");
        near(summary.skew25d, want.skew, 1e-6, "skew");
        near(summary.gexTilt, surface.count === 0 ? 0 : want.tilt, 1e-6, "tilt");
        near(summary.callWallStrikeInt / 1e9, want.callWall, 0, "call wall");
        near(summary.putWallStrikeInt / 1e9, want.putWall, 0, "put wall");
        near(summary.maxAbsStrikeInt / 1e9, want.maxAbs, 0, "most");
      });
    }),
    RUNS,
  );
  deepEqual([...sources.keys()].sort(), [...IV_SOURCES].sort());
});

Deno.test("Gamma.close() keeps the invariants of the lattice and its differences", () => {
  fc.assert(
    fc.property(sessions, (session) => {
      const before = new Map<number, number[]>();
      eachWindow(session, ({ surface, window }) => {
        const { gexAbs, gex, gexImbalanceRatio, absDifferences } = surface;
        equal(surface.count, window.strikeRefInt === 0 ? 0 : 25);
        const now = new Map<number, number[]>();
        for (let i = 0; i < surface.count; i++) {
          const strike = surface.strikeInt[i]!;
          equal(strike, window.strikeRefInt + surface.relTicks[i]! * 0.25e9);
          equal(surface.relTicks[i], -240 + 20 * i);
          equal(gexAbs[i], surface.gexCallAbs[i]! + surface.gexPutAbs[i]!);
          equal(gex[i], surface.gexCallAbs[i]! - surface.gexPutAbs[i]!);
          ok(Math.abs(gexImbalanceRatio[i]!) <= 1);
          const [x, d1, d2] = before.get(strike) ?? [gexAbs[i]!, 0, 0];
          const isNew = !before.has(strike);
          const first = gexAbs[i]! - x!;
          const second = isNew ? 0 : first - d1!;
          const third = isNew ? 0 : second - d2!;
          deepEqual(
            [first, second, third],
            [absDifferences.d1[i], absDifferences.d2[i], absDifferences.d3[i]],
          );
          now.set(strike, [gexAbs[i]!, first, second]);
        }
        before.clear();
        for (const [strike, row] of now) before.set(strike, row);
      });
    }),
    RUNS,
  );
});

Deno.test("ExposureRows are sums over the greeks by strike, flow that of the signed volume", () => {
  fc.assert(
    fc.property(sessions, (session) => {
      eachWindow(session, ({ exposure, greeks, smile }, at) => {
        equal(exposure.count, 3 * smile.count);
        const { signedVolume } = session.steps[at]!;
        for (let row = 0; row < exposure.count; row++) {
          const { id } = ASSUMPTIONS[exposure.assumption[row]!]!;
          const sums = { gamma: 0, delta: 0, vanna: 0, charmDay: 0 };
          const sizes = { ...sums };
          const positions = { calls: 0, puts: 0 };
          for (let i = 0; i < greeks.count; i++) {
            if (greeks.strikeInt[i] !== exposure.strikeInt[row]) continue;
            const open = greeks.openInterest[i]!;
            const isCall = greeks.isCall[i] === 1;
            const naive = isCall ? open : -open;
            const position = id === "naive" ? naive : id === "short" ? -open : -signedVolume[i]!;
            positions[isCall ? "calls" : "puts"] += position;
            if (Number.isNaN(greeks.iv[i]!)) continue;
            for (const name of ["gamma", "delta", "vanna", "charmDay"] as const) {
              sums[name] += position * 50 * greeks[name][i]!;
              sizes[name] += Math.abs(position * 50 * greeks[name][i]!);
            }
          }
          equal(exposure.callPosition[row], positions.calls + 0);
          equal(exposure.putPosition[row], positions.puts + 0);
          for (const name of ["gamma", "delta", "vanna", "charmDay"] as const) {
            near(exposure[name][row]!, sums[name], 1e-12 * sizes[name], `${id} ${name}`);
          }
        }
      });
    }),
    RUNS,
  );
});

Deno.test("whatIf() at the price that is says what the server says, to 1e-9", () => {
  let crossings = 0;
  fc.assert(
    fc.property(sessions, (session) => {
      eachWindow(session, ({ smile, profile, summary, window, years }) => {
        if (smile.count === 0) return;
        const { strikeInt, iv, callOpenInterest, putOpenInterest } = smile;
        const position = callOpenInterest.map((calls, i) => calls - putOpenInterest[i]!);
        const future = window.futureInt / 1e9;
        const is = whatIf({ strikeInt, iv, position }, future, window.strikeRefInt / 1e9, years);
        equal(is.gex.length, profile.count);
        profile.gex.forEach((gex, i) => near(is.gex[i]!, gex, 1e-9 * Math.abs(gex), "profile"));
        deepEqual([...is.pricePoints], [...profile.priceInt].map((price) => price / 1e9));
        equal(Math.round(is.zeroGammaPoints * 1e9), summary.zeroGammaPriceInt);
        const size = summary.gexCallTotal + summary.gexPutTotal;
        near(is.gexTotal, summary.gexTotal, 1e-9 * size, "total");
        equal(is.hedgePerPoint, -is.gexTotal / 50);
        if (!Number.isNaN(is.zeroGammaPoints)) crossings++;
      });
    }),
    RUNS,
  );
  ok(crossings > 100, `${crossings}`);
});

Deno.test("Gamma.restore() goes on as if it had not been interrupted, also with another chain object", () => {
  fc.assert(
    fc.property(sessions, fc.nat(13), (session, cut) => {
      const take = (into: unknown[]) => ({ smile, surface, summary }: GammaColumns) => {
        const { gexAbs, absDifferences, ratioDifferences } = surface;
        const rows = surface.count === 0 ? [] : [gexAbs, absDifferences.d3, ratioDifferences.d2];
        const { iv, ivSource, staleS } = smile;
        into.push({ ...summary }, ...[iv, ivSource, staleS, ...rows].map((column) => [...column]));
      };
      const whole: unknown[] = [];
      eachWindow(session, take(whole));
      const parts: unknown[] = [];
      const first = new Gamma(session.chain);
      const { chain, steps } = session;
      eachWindow({ chain, steps: steps.slice(0, cut) }, take(parts), first);
      const same = { ...chain };
      const second = new Gamma(same);
      second.restore(structuredClone(first.save()));
      eachWindow({ chain: same, steps: steps.slice(cut) }, take(parts), second);
      deepEqual(parts, whole);
    }),
    RUNS,
  );
});

/** One strike at 6950 with a call and a put, or the call alone; quoted or not. */
function oneStrike(strikeInt: number, isQuoted: boolean) {
  return {
    chain: {
      instrumentId: Float64Array.of(1, 2),
      isCall: Uint8Array.of(1, 0),
      strikeInt: Float64Array.of(strikeInt, strikeInt),
      openInterest: Float64Array.of(10, 20),
      expirationNs: 10_000_000_000_000n,
      symbols: ["call", "put"],
    },
    quotes: {
      bidInt: Float64Array.of(isQuoted ? 5e9 : 0, 0),
      askInt: Float64Array.of(isQuoted ? 5.5e9 : 0, 0),
      isValid: Uint8Array.of(1, 1),
    },
  };
}

Deno.test("Gamma.close() carries volatilities over to another chain by strike", () => {
  const window = {
    futureInt: 6_950e9,
    strikeRefInt: 6_950e9,
    spotRefInt: 6_950e9,
    windowEndNs: 1n,
  };
  const none = new Float64Array(2);
  const quoted = oneStrike(6_950e9, true);
  const gamma = new Gamma(quoted.chain);
  const iv = gamma.close(quoted.chain, quoted.quotes, window, none).smile.iv[0]!;
  const later = oneStrike(6_950e9, false);
  const { smile } = gamma.close(later.chain, later.quotes, window, none);
  deepEqual([smile.iv[0], IV_SOURCES[smile.ivSource[0]!], smile.staleS[0]], [iv, "carried", 1]);
  const other = oneStrike(6_955e9, false);
  const { smile: empty } = gamma.close(other.chain, other.quotes, window, none);
  deepEqual([empty.iv[0], IV_SOURCES[empty.ivSource[0]!], empty.staleS[0]], [NaN, "none", -1]);
});

Deno.test("Gamma.close() takes no mid that is what the option is worth without volatility", () => {
  const { chain, quotes } = oneStrike(6_940e9, true);
  const close = (futureInt: number) => {
    const window = { futureInt, strikeRefInt: 6_940e9, spotRefInt: futureInt, windowEndNs: 1n };
    return new Gamma(chain).close(chain, quotes, window, new Float64Array(2)).smile.ivSource[0]!;
  };
  const discount = Math.exp(-0.05 * 10_000 / 86_400 / 365);
  const atIntrinsic = (6_940 + 5.25 / discount) * 1e9; // the call alone is quoted, nearest and in the money
  deepEqual([1e-3, 1e-8, -1e-8, -1e-3].map((by) => IV_SOURCES[close(atIntrinsic - by * 1e9)]), [
    "solved",
    "solved",
    "none",
    "none",
  ]);
});
