import { constants, zstdCompressSync } from "node:zlib";

/** Content bytes of every frame but the last, so that readers can decode frames at once. */
const FRAME_CONTENT_BYTES = 1024 * 1024;

const PARAMS = {
  [constants.ZSTD_c_compressionLevel]: 3,
  [constants.ZSTD_c_checksumFlag]: 1,
};

function frame(content: Uint8Array): Uint8Array {
  return zstdCompressSync(content, { params: PARAMS });
}

/**
 * Compresses to Zstandard frames of 1 MiB of content each, level 3 with checksum. The frames depend
 * on the content alone, not on how it was cut into parts.
 *
 * @param parts Content in order, parts of any size; no content gives one empty frame.
 * @see docs/methods/dbn.md, "Writing".
 */
export function* compressZstd(parts: Iterable<Uint8Array>): Generator<Uint8Array> {
  const held = new Uint8Array(FRAME_CONTENT_BYTES);
  let filled = 0;
  let frames = 0;
  for (const part of parts) {
    for (let at = 0; at < part.length;) {
      const take = Math.min(part.length - at, held.length - filled);
      held.set(part.subarray(at, at + take), filled);
      at += take;
      filled += take;
      if (filled === held.length) {
        yield frame(held);
        frames++;
        filled = 0;
      }
    }
  }
  if (filled > 0 || frames === 0) yield frame(held.subarray(0, filled));
}
