import { ok, strictEqual } from "node:assert/strict";
import { join } from "node:path";
import type { SmartMoneyEvent } from "../../../engine/frames/mod.ts";
import { withTempDir } from "../../testing/market_files.ts";
import { unpackOldStores } from "../../testing/stores_fixture.ts";
import { readSession } from "./read_session.ts";
import { findTapes } from "./tape_folder.ts";

Deno.test("readSession() reads the scores of files of an older release as scores, not as probabilities", async () => {
  await withTempDir(async (dataDir) => {
    await unpackOldStores(dataDir);
    const [files] = findTapes(join(dataDir, "lake/tape")).sessions;
    ok(files !== undefined);
    const events: Pick<SmartMoneyEvent, "probability" | "profile_scores">[] = [];
    const reader = {
      optionNbbo() {},
      optionPrint() {},
      equityQuote() {},
      equityPrint() {},
      event: (event: (typeof events)[number]) => void events.push(event),
    };
    await readSession(files, () => reader, () => {});
    strictEqual(events.length, 13);
    for (const { probability, profile_scores } of events) {
      strictEqual(probability, null);
      strictEqual(profile_scores.length, 6);
      ok(profile_scores.every(({ score }) => score >= 0 && score <= 1));
    }
    ok(events.some(({ profile_scores: [first] }) => (first?.score ?? 0) > 0.5));
  });
});
