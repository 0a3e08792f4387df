/**
 * What pages show of a market that is made: one terminal serves all of these tests, as the making of its past
 * takes fifteen seconds of processor time.
 */
import {
  made,
  minutesOfTape,
  OPERATED,
  sharedMarket,
  SHORT_CANDLES,
} from "../jobs/testing/served_market.ts";
import { evidenceTest } from "./_evidence_test.tsx";
import { firstPaintTests } from "./_first_paint_test.tsx";
import { operatedTests } from "./_operated_test.tsx";
import { transportTest } from "./_transport_test.tsx";

const started = sharedMarket({ ...OPERATED, ...SHORT_CANDLES, ...minutesOfTape(2) });

async function market() {
  const shared = await started();
  await made(shared.server);
  return shared;
}

evidenceTest(market);
firstPaintTests(market);
transportTest(market);
operatedTests(market);
