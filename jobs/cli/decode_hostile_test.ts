import { equal, match, ok } from "node:assert/strict";
import { constants, zstdCompressSync } from "node:zlib";
import { z } from "zod";
import { concatBytes, encodeMetadata, newMetadata } from "../../engine/dbn/mod.ts";

const SCRIPT = new URL("../testing/measured_decode.ts", import.meta.url).pathname;
/** What no input may take, whatever it holds. */
const MOST_PEAK_MB = 300;
/** Processor time, which other work on the machine does not lengthen, with the start of the process. */
const MOST_CPU_MS = 2_000;
const MIB = 1024 * 1024;

const Measured = z.strictObject({ peakMb: z.number(), cpuMs: z.number() });

const FILE = encodeMetadata(newMetadata({ dataset: "XNAS.ITCH", schema: 0, startNs: 1n }));
/** Records of a type that nobody knows, skipped and counted, the longest that there are. */
const UNKNOWN = repeated([255, 0x77, ...new Array<number>(1_018).fill(0)], 1_000);
const FRAME = [0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x58]; // magic, no checksum, a window of 2 MiB
const LAST_EMPTY_BLOCK = [1, 0, 0];

function repeated(unit: ArrayLike<number>, times: number): Uint8Array {
  const bytes = new Uint8Array(unit.length * times);
  for (let n = 0; n < times; n++) bytes.set(unit, n * unit.length);
  return bytes;
}

function joined(...parts: readonly ArrayLike<number>[]): Uint8Array {
  return concatBytes(parts.map((part) => Uint8Array.from(part)));
}

/** The file with the bytes at `offset` replaced. */
function patched(offset: number, ...values: readonly number[]): Uint8Array {
  const bytes = FILE.slice();
  bytes.set(values, offset);
  return bytes;
}

/** A block of content that is stored as it is. */
function stored(content: Uint8Array): Uint8Array {
  return joined([(content.length << 3) & 255, content.length >>> 5, 0], content);
}

function u32(value: number): readonly number[] {
  return [value & 255, (value >>> 8) & 255, (value >>> 16) & 255, value >>> 24];
}

/** A prelude that states `size` bytes of metadata of symbols of `width` bytes, and `lists` in it. */
function metadata(size: number, width: number, lists: readonly number[], fill = 0): Uint8Array {
  const bytes = new Uint8Array(8 + size).fill(fill, 112);
  bytes.set(FILE.subarray(0, 112));
  bytes.set(u32(size), 4);
  bytes.set([width & 255, width >>> 8], 53);
  bytes.set(lists, 112);
  return bytes;
}

/** Mappings of one interval each, as many as are read, their symbols without an end. */
function widestMetadata(): Uint8Array {
  const bytes = metadata(16 * MIB - 8, 50, [...u32(0), ...u32(0), ...u32(0), ...u32(49_900)], 255);
  for (let n = 0, at = 128 + 50; n < 49_900; n++, at += 50 + 4 + 58) bytes.set(u32(1), at);
  return bytes;
}

function compressed(content: Uint8Array, windowLog = 0): Uint8Array {
  return zstdCompressSync(content, { params: { [constants.ZSTD_c_windowLog]: windowLog } });
}

/** Every kind: its name, the error's code or null where the input is odd but right, the bytes. */
const KINDS: readonly [name: string, code: string | null, make: () => Uint8Array][] = [
  ["no byte at all", "truncated", () => new Uint8Array(0)],
  ["a cut header", "truncated", () => FILE.slice(0, 50)],
  ["a wrong magic", "magic", () => patched(0, 0x45)],
  ["a wrong version", "version", () => patched(3, 9)],
  ["metadata of 4 GiB", "metadata", () => patched(4, 255, 255, 255, 255)],
  ["metadata longer than the file", "truncated", () => patched(4, 0, 0, 16, 0)],
  ["4 billion symbols", "metadata", () => patched(112, 255, 255, 255, 255)],
  [
    "268 million symbols of a byte in 8 kB",
    "metadata",
    () => compressed(metadata(256 * MIB, 1, u32(256 * MIB - 200))),
  ],
  [
    "16 million symbols of a byte in 1 kB",
    "metadata",
    () => compressed(metadata(16 * MIB, 1, u32(16 * MIB - 200))),
  ],
  [
    "3 million mapping intervals in 1 kB",
    "metadata",
    () => {
      const lists = [...u32(0), ...u32(0), ...u32(0), ...u32(1), 65, ...u32(3_000_000)];
      return compressed(metadata(16 * MIB, 1, lists));
    },
  ],
  ["as much metadata as is read", null, () => compressed(widestMetadata())],
  ["a record of length 0", "record-length", () => joined(FILE, new Uint8Array(64))],
  ["a record beyond the end", "truncated", () => joined(FILE, UNKNOWN.subarray(0, 900))],
  ["records of unknown type alone", null, () => joined(FILE, UNKNOWN)],
  ["noise after the Zstandard magic", "zstd", () => joined(FRAME, repeated([0xb6], 10_000))],
  ["a cut frame", "truncated", () => compressed(joined(FILE, UNKNOWN)).slice(0, -5)],
  [
    "a window of 64 MiB",
    "zstd-window",
    () => compressed(joined(FILE, repeated(UNKNOWN, 66)), 26),
  ],
  [
    "a frame with a window of 1 TiB",
    "zstd-window",
    () => joined(FRAME.slice(0, 5), [240, 5, 0, 0]),
  ],
  ["a million empty blocks", "zstd", () => joined(FRAME, repeated([0, 0, 0], 1_000_000))],
  [
    "half a million blocks of a byte",
    null,
    () => {
      const content = joined(FILE, UNKNOWN.subarray(0, 255 * 4 * 490)); // whole records
      const blocks = new Uint8Array(content.length * 4);
      content.forEach((byte, i) => blocks.set([8, 0, 0, byte], 4 * i));
      return joined(FRAME, blocks, LAST_EMPTY_BLOCK);
    },
  ],
  [
    "30,000 compressed blocks of 16 bytes",
    null,
    () => {
      // 200 records of 16 bytes, compressed: a literal run and one repetition.
      const block = [0x6c, 0, 0, 0x18, 4, 0x77, 0, 2, 0, 0x6d, 0x9c, 0xe9, 0x83, 3, 0x0c, 1];
      return joined(FRAME, stored(FILE), repeated(block, 30_000), LAST_EMPTY_BLOCK);
    },
  ],
  ["300,000 empty frames", "zstd", () => repeated([...FRAME, ...LAST_EMPTY_BLOCK], 300_000)],
  [
    "300,000 skippable frames",
    "zstd",
    () => repeated([0x50, 0x2a, 0x4d, 0x18, 0, 0, 0, 0], 300_000),
  ],
  [
    "256 MB of zeros",
    "record-length",
    () => compressed(joined(FILE, new Uint8Array(256_000_000))),
  ],
  [
    "as much metadata as is read under the widest window",
    null,
    () => compressed(joined(widestMetadata(), repeated(UNKNOWN, 200)), 25),
  ],
  [
    "200 MB of records under the widest window",
    null,
    () => compressed(joined(FILE, repeated(UNKNOWN, 200)), 25),
  ],
];

for (const [name, code, make] of KINDS) {
  Deno.test(`lotus decode stays within its bounds with ${name}`, async () => {
    const file = await Deno.makeTempFile({ suffix: ".dbn" });
    try {
      await Deno.writeFile(file, make());
      const command = new Deno.Command(Deno.execPath(), {
        args: ["run", "--no-check", "--allow-all", SCRIPT, file],
        env: { NO_COLOR: "1" },
      });
      const output = await command.output();
      const lines = new TextDecoder().decode(output.stderr).trimEnd().split("\n");
      const { peakMb, cpuMs } = Measured.parse(JSON.parse(lines.pop() ?? ""));
      equal(output.code, code === null ? 0 : 1, lines.join("\n"));
      equal(lines.length, code === null ? 0 : 1, lines.join("\n"));
      if (code !== null) match(lines[0] ?? "", new RegExp(`^lotus: Cannot .* \\(${code}\\): "`));
      ok(peakMb <= MOST_PEAK_MB, `${peakMb} MB`);
      ok(cpuMs <= MOST_CPU_MS, `${cpuMs} ms`);
    } finally {
      await Deno.remove(file);
    }
  });
}
