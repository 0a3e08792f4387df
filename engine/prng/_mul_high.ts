/**
 * High 32 bits of the 64-bit product of two unsigned 32-bit integers, by products of their halves.
 *
 * Sums below 2^32 are exact doubles; `& 0xffff` and `>>> 16` read them as unsigned words.
 */
export function mulHigh(a: number, b: number): number {
  const a0 = a & 0xffff;
  const a1 = a >>> 16;
  const b0 = b & 0xffff;
  const b1 = b >>> 16;
  const carry = Math.imul(a0, b0) >>> 16;
  const middle = (Math.imul(a1, b0) >>> 0) + carry;
  const cross = (Math.imul(a0, b1) >>> 0) + (middle & 0xffff);
  return (Math.imul(a1, b1) + (middle >>> 16) + (cross >>> 16)) >>> 0;
}
