import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import type { MboBlock } from "../dbn/mod.ts";
import { FuturesTape } from "../tape/futures/mod.ts";
import { stagesOf } from "./stages.ts";
import { type CountFrame, CountStage } from "./testing/count_stage.ts";

const START_NS = 1_773_149_400_000_000_000n;

/** Records of some seconds of a synthetic future. */
function blockOf(seconds: number): MboBlock {
  const tape = new FuturesTape({ seed: 3, startNs: START_NS });
  const out = tape.writer();
  tape.generate(seconds * 1e9, out);
  return out.block();
}

function part({ words, strideWords }: MboBlock, from: number, to: number): MboBlock {
  return {
    words: words.subarray(from * strideWords, to * strideWords),
    strideWords,
    count: to - from,
  };
}

/** Two stages of different widths as one, and what they close. */
function pair() {
  const frames: CountFrame[] = [];
  const stage = (widthNs: number) =>
    new CountStage(START_NS, widthNs, (frame) => frames.push(frame));
  return { stage: stagesOf([stage(1e8), stage(1e9)]), frames };
}

Deno.test("stagesOf() gives one stage back as it is", () => {
  const alone = new CountStage(START_NS, 1e8, () => {});
  strictEqual(stagesOf([alone]), alone);
});

Deno.test("stagesOf() drives every stage, closes all bins and hashes all states", () => {
  const block = blockOf(3);
  const { stage, frames } = pair();
  stage.take(block);
  stage.closeUntil(5e9);
  strictEqual(frames.filter(({ binEndNs }) => binEndNs % 1e9 !== 0).length, 45);
  const records = frames.reduce((sum, frame) => sum + frame.records, 0);
  ok(records > 1_000 && records % 2 === 0, "both count the same");
  strictEqual(frames.at(-1)?.binEndNs, 5e9);
  const { stage: other } = pair();
  other.take(part(block, 0, block.count - 1));
  other.closeUntil(5e9);
  strictEqual(stage.hash() === other.hash(), false);
});

Deno.test("stagesOf() restores every stage to where it was saved", () => {
  const block = blockOf(3);
  const whole = pair();
  whole.stage.take(block);
  whole.stage.finish();
  const half = Math.floor(block.count / 2);
  const first = pair();
  first.stage.take(part(block, 0, half));
  const saved = structuredClone(first.stage.save());
  first.stage.take(part(block, half, block.count));
  const second = pair();
  second.stage.restore(saved);
  second.stage.take(part(block, half, block.count));
  second.stage.finish();
  first.stage.finish();
  strictEqual(first.stage.hash(), whole.stage.hash());
  strictEqual(second.stage.hash(), whole.stage.hash());
  deepStrictEqual(first.frames, whole.frames);
  deepStrictEqual(second.frames, whole.frames.slice(-second.frames.length));
});
