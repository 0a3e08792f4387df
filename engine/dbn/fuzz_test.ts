import { ok } from "node:assert/strict";
import { everyTypeFile, mboFile, multiFrame } from "./_fixtures.ts";
import { decodeAll } from "./_test_util.ts";
import { DbnDecoder, type DbnSink } from "./decoder.ts";
import { concatBytes } from "./encode.ts";
import { DbnError } from "./error.ts";
import { compressZstd } from "./zstd_write.ts";

const PLAIN_RUNS = 20_000;
const ZSTD_RUNS = 3_000;

/** Seeded generator of integers below a bound; 32-bit, so that every machine draws the same. */
function generator(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x9e3779b9) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
    return ((mixed ^ (mixed >>> 16)) >>> 0) % below;
  };
}

/** One to four changes: a byte, a bit, a cut, a doubled span, a removed span, a run of 0xFF. */
function mutate(input: Uint8Array, draw: (below: number) => number): Uint8Array {
  let bytes = input.slice();
  for (let n = 1 + draw(4); n > 0 && bytes.length > 0; n--) {
    const at = draw(2) === 0 ? draw(bytes.length) : draw(Math.min(bytes.length, 160));
    const span = 1 + draw(24);
    const kind = draw(6);
    if (kind === 0) bytes[at] = draw(256);
    else if (kind === 1) bytes[at]! ^= 1 << draw(8);
    else if (kind === 2) bytes = bytes.slice(0, at);
    else if (kind === 3) {
      bytes = concatBytes([bytes.subarray(0, at + span), bytes.subarray(at)]);
    } else if (kind === 4) {
      bytes = concatBytes([bytes.subarray(0, at), bytes.subarray(at + span)]);
    } else bytes.fill(255, at, at + span);
  }
  return bytes;
}

Deno.test(`DbnDecoder survives ${PLAIN_RUNS} damaged files with records or a typed error`, () => {
  const inputs = [
    everyTypeFile(1, false),
    everyTypeFile(2, true),
    everyTypeFile(3, false),
    mboFile(3, 3),
    mboFile(1, 3),
  ];
  const draw = generator(1);
  let refused = 0;
  let delivered = 0;
  for (let run = 0; run < PLAIN_RUNS; run++) {
    const bytes = mutate(inputs[run % inputs.length]!, draw);
    const chunk = 1 + draw(2_000);
    const decoder = new DbnDecoder();
    const sink: DbnSink = {
      onMbo: (block) => delivered += block.count,
      onRecord: (view) => {
        delivered++;
        if (run % 8 === 0) view.toRecord();
      },
    };
    try {
      for (let at = 0; at < bytes.length; at += chunk) {
        decoder.push(bytes.subarray(at, at + chunk), sink);
      }
      decoder.finish(sink);
    } catch (error) {
      ok(error instanceof DbnError, `run ${run}: ${error}`);
      ok(error.byteOffset <= bytes.length);
      refused++;
    }
    ok(decoder.counters.records <= bytes.length / 16);
  }
  ok(refused > PLAIN_RUNS / 4 && delivered > PLAIN_RUNS);
});

Deno.test(`decodeDbn() survives ${ZSTD_RUNS} damaged Zstandard files`, async () => {
  const inputs = [
    multiFrame(mboFile(3, 6), [200, 700]),
    concatBytes(compressZstd([everyTypeFile(2, false)])),
    concatBytes(compressZstd([mboFile(3, 200)])),
  ];
  const draw = generator(2);
  let refused = 0;
  for (let run = 0; run < ZSTD_RUNS; run++) {
    const all = await decodeAll([mutate(inputs[run % inputs.length]!, draw)]);
    if (all.error !== null) refused++;
  }
  ok(refused > ZSTD_RUNS / 2);
});
