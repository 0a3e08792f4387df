import { ok } from "node:assert/strict";
import {
  DEFAULT_CONTROL,
  fixedTimeline,
  REGIME_IDS,
  sessionById,
  SessionMarket,
  UNIVERSE,
} from "../../regime/mod.ts";
import { CoupledPath, SessionSchedule } from "../schedule/mod.ts";
import { QUOTE_STATE } from "../surface/mod.ts";
import { stateAt } from "./_quote_updates.ts";
import { ContractCache } from "./_contract.ts";
import { ParentIndex } from "./pressure.ts";
import { QuoteModel } from "./quote_model.ts";

/** Sessions of the sample, and symbols of each session. */
const SEEDS = [11, 12, 13, 14, 15, 16, 17, 18];
const SYMBOLS = [0, 1, 4, 6, 9, 12, 14, 30, 32, 39];

interface Tally {
  stale: number;
  missing: number;
  staleTarget: number;
  missingTarget: number;
}

function addSession(seed: number, tallies: Tally[]): void {
  const timeline = fixedTimeline({ ...DEFAULT_CONTROL, shared_seed: seed });
  const market = new SessionMarket(sessionById(202601140), timeline, "et");
  const schedule = new SessionSchedule(market);
  const cache = new ContractCache(market.session, () => seed);
  const model = new QuoteModel(new CoupledPath(schedule), new ParentIndex(schedule));
  const { openTs, closeTs } = market.session;
  for (const symbol of SYMBOLS) {
    const price = UNIVERSE[symbol]?.price ?? 0;
    cache.expiries(symbol).slice(0, 6).forEach((expiry, i) => {
      const contract = cache.get(symbol, expiry, price * (0.94 + 0.02 * i), "C", openTs);
      for (let ts = openTs; ts < closeTs; ts += 2_000) {
        const tally = tallies[REGIME_IDS.indexOf(market.regimeAt(ts))];
        if (tally === undefined) continue;
        const state = stateAt(model, contract, ts);
        const shares = model.shares(contract, ts);
        tally.stale += state === QUOTE_STATE.stale ? 1 : 0;
        tally.missing += state === QUOTE_STATE.missing ? 1 : 0;
        tally.staleTarget += shares[QUOTE_STATE.stale];
        tally.missingTarget += shares[QUOTE_STATE.missing];
      }
    });
  }
}

Deno.test("stale and missing shares follow the market's cleanliness in every regime", () => {
  const tallies = REGIME_IDS.map((): Tally => ({
    stale: 0,
    missing: 0,
    staleTarget: 0,
    missingTarget: 0,
  }));
  for (const seed of SEEDS) addSession(seed, tallies);
  REGIME_IDS.forEach((regime, i) => {
    const tally = tallies[i];
    if (tally === undefined) return;
    const stale = tally.stale / tally.staleTarget;
    const missing = tally.missing / tally.missingTarget;
    console.log(`${regime}: stale ${stale.toFixed(3)}, missing ${missing.toFixed(3)} of target`);
    ok(stale > 0.8 && stale < 1.2 && missing > 0.8 && missing < 1.2, regime);
  });
});
