/** A value over so many times what all but a twentieth stay below is cut: auctions dwarf the minutes. */
const CUT_FROM = 4;
const SHOWN_OF_COMMON = 2;
const COMMON_SHARE = 0.95;

/**
 * What the height of a row of bars stands for: the most of them, or less where a few dwarf the others and are
 * to be drawn as cut. Sorts the values where they are.
 *
 * @param values Not negative, any unit. @returns 0 for none.
 */
export function cutTop(values: Float64Array): number {
  values.sort();
  const most = values.at(-1) ?? 0;
  const common = values[Math.floor(COMMON_SHARE * (values.length - 1))] ?? 0;
  return common > 0 && most > CUT_FROM * common ? SHOWN_OF_COMMON * common : most;
}
