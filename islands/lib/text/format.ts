/** What stands where there is no value. */
export const DASH = "–";

const THIN = "\u2009";
const MINUS = "\u2212";

/** Returns a number with fixed decimals and thin spaces between thousands; a true minus sign. */
export function fixed(value: number, decimals: number): string {
  if (!Number.isFinite(value)) return DASH;
  const text = Math.abs(value).toFixed(decimals);
  const point = text.indexOf(".");
  const whole = point < 0 ? text : text.slice(0, point);
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, THIN);
  const negative = value < 0 && Number(text) !== 0;
  return `${negative ? MINUS : ""}${grouped}${point < 0 ? "" : text.slice(point)}`;
}

/** Returns {@link fixed} with a plus sign when positive; zero has none. */
export function signed(value: number, decimals: number): string {
  const text = fixed(value, decimals);
  return value > 0 && Number(value.toFixed(decimals)) > 0 ? `+${text}` : text;
}

/** Returns about five significant digits, in powers of ten when very large or very small. */
export function significant(value: number): string {
  if (!Number.isFinite(value)) return DASH;
  const size = Math.abs(value);
  if (size === 0) return "0";
  if (size >= 1e7 || size < 0.01) return value.toExponential(3).replace("-", MINUS);
  const decimals = Math.max(0, Math.min(6, 4 - Math.floor(Math.log10(size))));
  return fixed(value, decimals);
}

/** Returns a count in a short form: 950, 12.4k, 3.1M. */
export function compact(value: number): string {
  const size = Math.abs(value);
  if (size >= 1e9) return `${(value / 1e9).toFixed(1)}G`;
  if (size >= 1e6) return `${(value / 1e6).toFixed(1)}M`;
  if (size >= 1e4) return `${(value / 1e3).toFixed(1)}k`;
  return fixed(value, 0);
}

/** Returns a byte count such as `12.4 MB`. */
export function bytesText(bytes: number): string {
  if (bytes >= 1e9) return `${(bytes / 1e9).toFixed(1)} GB`;
  if (bytes >= 1e6) return `${(bytes / 1e6).toFixed(1)} MB`;
  return `${(bytes / 1e3).toFixed(1)} kB`;
}

/** Returns a share 0..1 in whole per cent. */
export function percent(share: number): string {
  return `${Math.round(share * 100)}${THIN}%`;
}
