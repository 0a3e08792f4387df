import { deepStrictEqual, equal, ok, rejects } from "node:assert/strict";
import { compressZstd, concatBytes, DbnError, decompress } from "../../engine/dbn/mod.ts";
import type { NoVerbs, WorkerPlace } from "../kit/mod.ts";
import { aheadProgram, type AheadVerbs } from "./ahead_program.ts";
import { contentOf, decompressAhead } from "./decompress_ahead.ts";

/** Content of several pieces that compresses a little. */
function noise(bytes: number): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(bytes);
  let state = 1;
  for (let i = 0; i < bytes; i++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    out[i] = state >>> 26;
  }
  return out;
}

const CONTENT = noise(3_500_000);
/** Four frames and a skippable one between the first two. */
const [FIRST, ...REST] = [...compressZstd([CONTENT])] as [Uint8Array, ...Uint8Array[]];
const WHOLE = concatBytes([
  FIRST,
  Uint8Array.of(0x52, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 7, 7, 7),
  ...REST,
]);

function broken(at: number): Uint8Array {
  const bytes = WHOLE.slice();
  bytes.fill(255, at, at + 200);
  return bytes;
}

const INPUTS: readonly [what: string, bytes: Uint8Array][] = [
  ["whole", WHOLE],
  ["cut in a frame", WHOLE.subarray(0, WHOLE.length - 50_000)],
  ["cut in a frame's checksum", WHOLE.subarray(0, WHOLE.length - 2)],
  ["cut in a magic", WHOLE.subarray(0, FIRST.length + 2)],
  ["damaged in the first frame", broken(1_000)],
  ["damaged in the last frame", broken(WHOLE.length - 80_000)],
  ["text behind the last frame", concatBytes([WHOLE, new TextEncoder().encode("tail")])],
  ["a skippable frame alone", WHOLE.subarray(FIRST.length, FIRST.length + 11)],
];

async function inFile(bytes: Uint8Array, use: (path: string) => Promise<void>): Promise<void> {
  const path = await Deno.makeTempFile({ suffix: ".dbn.zst" });
  try {
    await Deno.writeFile(path, bytes);
    await use(path);
  } finally {
    await Deno.remove(path);
  }
}

/** All content and what came after it. */
async function readAll(source: AsyncIterable<Uint8Array>) {
  const parts: Uint8Array[] = [];
  try {
    for await (const part of source) parts.push(part.slice());
  } catch (error) {
    return { content: concatBytes(parts), error };
  }
  return { content: concatBytes(parts), error: null };
}

function facts(error: unknown): unknown {
  if (!(error instanceof DbnError)) return error;
  const { code, message, byteOffset, stream, trailingBytes, recordIndex } = error;
  return { code, message, byteOffset, stream, trailingBytes, recordIndex };
}

const PLACES: readonly [name: string, place: (path: string) => WorkerPlace<AheadVerbs, NoVerbs>][] =
  [
    ["inline", () => aheadProgram],
    ["in a thread", (path) => ({
      url: new URL("./ahead_worker.ts", import.meta.url),
      name: "decompress",
      permissions: { read: [path] },
    })],
  ];

for (const [name, place] of PLACES) {
  for (const [what, bytes] of INPUTS) {
    Deno.test(`decompressAhead() ${name} gives content and error of decompress(): ${what}`, () =>
      inFile(bytes, async (path) => {
        const plain = await readAll(decompress([bytes]));
        let fileBytes = 0;
        const onBytes = (count: number) => void (fileBytes += count);
        const ahead = await readAll(decompressAhead(place(path), path, onBytes));
        equal(ahead.content.length, plain.content.length);
        ok(ahead.content.every((byte, i) => byte === plain.content[i]));
        deepStrictEqual(facts(ahead.error), facts(plain.error));
        if (plain.error === null) equal(fileBytes, bytes.length);
      }));
  }

  Deno.test(`decompressAhead() ${name} ends with a reader that stops early`, () =>
    inFile(WHOLE, async (path) => {
      let fileBytes = 0;
      const source = decompressAhead(place(path), path, (count) => void (fileBytes += count));
      const { value } = await source.next();
      ok((value as Uint8Array).every((byte, i) => byte === CONTENT[i]));
      await source.return(undefined);
      ok(fileBytes < WHOLE.length);
      equal((await source.next()).done, true);
    }));
}

Deno.test("decompressAhead() says why a file cannot be opened", async () => {
  for (const [, place] of PLACES) {
    const path = "/nowhere/x.dbn.zst";
    await rejects(
      readAll(decompressAhead(place(path), path, () => {})).then(({ error }) => {
        throw error;
      }),
      /No such file/,
    );
  }
});

Deno.test("contentOf() gives the same of a small file and of a large one", async () => {
  const large = concatBytes([WHOLE, WHOLE]);
  for (const bytes of [FIRST, large]) {
    await inFile(bytes, async (path) => {
      const { content, error } = await readAll(contentOf(path, bytes.length, () => {}));
      equal(error, null);
      equal(content.length, bytes === FIRST ? 1024 * 1024 : 2 * CONTENT.length);
      ok(content.every((byte, i) => byte === CONTENT[i % CONTENT.length]));
    });
  }
});
