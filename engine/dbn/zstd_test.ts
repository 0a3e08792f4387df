import { deepStrictEqual, equal, ok, rejects } from "node:assert/strict";
import { mboFile, multiFrame, skippableFrame } from "./_fixtures.ts";
import { chunked, decodeAll } from "./_test_util.ts";
import { concatBytes } from "./encode.ts";
import { DbnError } from "./error.ts";
import { decompressZstd, isZstd } from "./zstd.ts";
import { compressZstd } from "./zstd_write.ts";

async function content(source: Iterable<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const part of decompressZstd(source)) parts.push(part.slice());
  return concatBytes(parts);
}

/** Bytes that compress a little, so that blocks of the compressed type appear. */
function noise(bytes: number): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(bytes);
  let state = 1;
  for (let i = 0; i < bytes; i++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    out[i] = state >>> 27;
  }
  return out;
}

/** A frame of stored blocks as a writer without a compressor makes it. */
function storedFrame(bytes: Uint8Array, claimed = BigInt(bytes.length), block = 100): Uint8Array {
  const head = new Uint8Array(13);
  head.set([0x28, 0xb5, 0x2f, 0xfd, 0xe0]);
  new DataView(head.buffer).setBigUint64(5, claimed, true);
  const parts: Uint8Array[] = [head];
  for (let at = 0; at < bytes.length; at += block) {
    const body = bytes.subarray(at, at + block);
    const word = (body.length << 3) | (at + block >= bytes.length ? 1 : 0);
    parts.push(Uint8Array.of(word & 255, (word >>> 8) & 255, word >>> 16), body);
  }
  return concatBytes(parts);
}

Deno.test("decompressZstd() undoes compressZstd() for any cut of either side", async () => {
  for (const size of [0, 1, 1_000, 200_000, 2_500_000]) {
    const bytes = noise(size);
    const whole = concatBytes(compressZstd([bytes]));
    deepStrictEqual(concatBytes(compressZstd(chunked(bytes, 70_001))), whole);
    for (const chunk of [977, 65_536, 1 << 24]) {
      const read = await content(chunked(whole, chunk));
      equal(read.length, size);
      ok(read.every((byte, i) => byte === bytes[i]));
    }
  }
});

Deno.test("decompressZstd() reads frames that are too large to decode at once", async () => {
  const zlib = await import("node:zlib");
  const bytes = noise(6_000_000);
  const frame = zlib.zstdCompressSync(bytes, {
    params: { [zlib.constants.ZSTD_c_checksumFlag]: 1 },
  });
  let parts = 0;
  let at = 0;
  for await (const part of decompressZstd([frame])) {
    parts++;
    ok(part.every((byte, i) => byte === bytes[at + i]));
    at += part.length;
  }
  equal(at, bytes.length);
  ok(parts > 10);
});

Deno.test("decompressZstd() reads stored frames, also beyond the window limit", async () => {
  const bytes = noise(1_000);
  deepStrictEqual(await content([storedFrame(bytes)]), bytes);
  deepStrictEqual(await content([storedFrame(bytes, 1n << 40n)]), bytes);
});

Deno.test("decompressZstd() reads stored blocks of any size, cut or whole, in few pieces", async () => {
  const bytes = noise(40_000);
  for (const block of [1, 7, 9_000, 39_999]) {
    const frame = storedFrame(bytes, 40_000n, block);
    deepStrictEqual(await content(chunked(frame, 4_096)), bytes);
    const parts: Uint8Array[] = [];
    await rejects(async () => {
      for await (const part of decompressZstd([frame.subarray(0, -1)])) parts.push(part.slice());
    }, DbnError);
    const whole = Math.floor((bytes.length - 1) / block) * block; // all blocks but the last
    const read = concatBytes(parts);
    equal(read.length, whole, `blocks of ${block}`);
    ok(read.every((byte, i) => byte === bytes[i]));
    ok(parts.length < 10, `${parts.length} pieces of blocks of ${block}`);
  }
});

Deno.test("decompressZstd() refuses a run of blocks or frames without content", async () => {
  const head = [0x28, 0xb5, 0x2f, 0xfd, 0, 0x58];
  const blocks = Uint8Array.from([...head, ...new Array<number>(3 * 4_097).fill(0)]);
  const frame = Uint8Array.from([...head, 1, 0, 0]);
  for (const input of [[blocks], new Array<Uint8Array>(4_097).fill(frame)]) {
    await rejects(content(input), (error) => error instanceof DbnError && error.code === "zstd");
  }
  equal((await content(new Array<Uint8Array>(4_096).fill(frame))).length, 0);
});

Deno.test("decompressZstd() skips skippable frames wherever they stand", async () => {
  const bytes = noise(500);
  const frame = concatBytes(compressZstd([bytes]));
  const input = concatBytes([skippableFrame(0), frame, skippableFrame(300), skippableFrame(1)]);
  ok(isZstd(input));
  for (const size of [1, 13, 4_096]) deepStrictEqual(await content(chunked(input, size)), bytes);
});

Deno.test("decompressZstd() reports every cut with the content before it", async () => {
  const file = mboFile(3, 6);
  const input = multiFrame(file, [200, 700]);
  const plain = await decodeAll([file]);
  for (let cut = 0; cut < input.length; cut++) {
    const all = await decodeAll([input.subarray(0, cut)]);
    equal(all.error?.code, "truncated", `cut at ${cut}`);
    deepStrictEqual(all.records, plain.records.slice(0, all.records.length));
    ok(all.error!.byteOffset <= file.length + cut);
  }
});

Deno.test("decompressZstd() yields the whole blocks before a cut inside a frame", async () => {
  const bytes = noise(400_000); // more than three blocks
  const frame = concatBytes(compressZstd([bytes]));
  let got = 0;
  await rejects(async () => {
    for await (const part of decompressZstd([frame.subarray(0, frame.length - 10)])) {
      got += part.length;
    }
  }, (error) => error instanceof DbnError && error.code === "truncated" && error.stream === "zstd");
  ok(got >= 3 * 128 * 1024, `bytes: ${got}`);
});

const BROKEN: readonly [name: string, code: string, change: (frame: Uint8Array) => Uint8Array][] = [
  ["a wrong checksum", "zstd", (f) => (f[f.length - 1]! ^= 1, f)],
  ["a reserved header bit", "zstd", (f) => (f[4]! |= 8, f)],
  [
    "a dictionary",
    "zstd",
    (f) =>
      concatBytes([
        f.slice(0, 4),
        Uint8Array.of(f[4]! | 1),
        f.slice(5, 6),
        Uint8Array.of(7),
        f.slice(6),
      ]),
  ],
  ["text after the frame", "zstd", (f) => concatBytes([f, new TextEncoder().encode("tail")])],
  ["a reserved block type", "zstd", () => Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, 0, 0, 7, 0, 0)],
  ["a block of 2 MiB", "zstd", () => Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, 0, 0, 255, 255, 255)],
  [
    "a window of 1 TiB",
    "zstd-window",
    () => Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, 0, 30 << 3, 5, 0, 0, 0),
  ],
];

for (const [name, code, change] of BROKEN) {
  Deno.test(`decompressZstd() refuses ${name} with code ${code}`, async () => {
    const frame = concatBytes(compressZstd([noise(3_000)]));
    await rejects(content([change(frame)]), (error) => {
      ok(error instanceof DbnError);
      equal(error.code, code, error.message);
      equal(error.stream, "zstd");
      return true;
    });
  });
}

Deno.test("decompressZstd() yields the blocks before a damaged one", async () => {
  const bytes = noise(400_000);
  const frame = concatBytes(compressZstd([bytes]));
  frame.fill(255, frame.length - 3_000, frame.length - 2_000); // inside the last block
  const parts: Uint8Array[] = [];
  await rejects(async () => {
    for await (const part of decompressZstd(chunked(frame, 10_000))) parts.push(part.slice());
  }, (error) => error instanceof DbnError && error.code === "zstd" && error.cause !== undefined);
  const before = concatBytes(parts);
  ok(before.length >= 3 * 128 * 1024);
  ok(before.subarray(0, 3 * 128 * 1024).every((byte, i) => byte === bytes[i]));
});
