/** Crockford's alphabet: no I, L, O, U. */
const DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const SHAPE = /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/;
const MAX_MS = 2 ** 48 - 1;

/** Random bytes that an id takes. */
export const ULID_RANDOM_BYTES = 10;

/**
 * A ULID: 48 bits of time and 80 random ones in 26 characters, which sort by time.
 *
 * @param timeMs Epoch ms, whole, below 2^48.
 * @param random {@link ULID_RANDOM_BYTES} random bytes.
 * @throws {RangeError} When an argument is out of its range.
 * @see https://github.com/ulid/spec
 */
export function ulid(timeMs: number, random: Uint8Array): string {
  if (!Number.isInteger(timeMs) || timeMs < 0 || timeMs > MAX_MS) {
    throw new RangeError(`Cannot make an id at ${timeMs} ms`);
  }
  if (random.length !== ULID_RANDOM_BYTES) {
    throw new RangeError(`Cannot make an id of ${random.length} random bytes`);
  }
  let value = BigInt(timeMs);
  for (const byte of random) value = value << 8n | BigInt(byte);
  let text = "";
  for (let shift = 125n; shift >= 0n; shift -= 5n) text += DIGITS[Number(value >> shift & 31n)];
  return text;
}

/** Whether a text is a ULID. */
export function isUlid(text: string): boolean {
  return SHAPE.test(text);
}

/** Epoch ms that an id was made at. @throws {RangeError} When it is no ULID. */
export function ulidTimeMs(id: string): number {
  if (!isUlid(id)) throw new RangeError(`Cannot read ${JSON.stringify(id)} as it is no ULID`);
  let timeMs = 0;
  for (const digit of id.slice(0, 10)) timeMs = timeMs * 32 + DIGITS.indexOf(digit);
  return timeMs;
}

/** Where ids take time and randomness from. */
export interface IdSource {
  /** Epoch ms, whole. */
  readonly nowMs: () => number;
  /** Fills an array with random bytes and returns it. */
  readonly fill: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array;
}

/**
 * Makes ids that ascend strictly, also within a millisecond and when the clock steps back: the random
 * part then counts up by one.
 */
export function idMaker(source: IdSource): () => string {
  let lastMs = -1;
  let random: Uint8Array = new Uint8Array(ULID_RANDOM_BYTES);
  return () => {
    const nowMs = source.nowMs();
    if (nowMs > lastMs) {
      lastMs = nowMs;
      random = source.fill(new Uint8Array(ULID_RANDOM_BYTES));
    } else if (!increment(random)) {
      lastMs++;
      random = source.fill(new Uint8Array(ULID_RANDOM_BYTES));
    }
    return ulid(lastMs, random);
  };
}

/** Adds one to a number in bytes; false when it was the largest. */
function increment(bytes: Uint8Array): boolean {
  for (let i = bytes.length - 1; i >= 0; i--) {
    const byte = bytes[i] ?? 0;
    bytes[i] = byte + 1;
    if (byte < 255) return true;
  }
  return false;
}
