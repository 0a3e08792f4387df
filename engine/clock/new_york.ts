const NS_PER_MS = 1_000_000n;

const PARTS = new Intl.DateTimeFormat("en-US", {
  timeZone: "America/New_York",
  hourCycle: "h23",
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
});

/** New York wall time of an instant, as the ms since 1970 that the same digits have in UTC. */
function wallMs(utcMs: number): number {
  const part: Record<string, number> = {};
  for (const { type, value } of PARTS.formatToParts(utcMs)) part[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

/**
 * Epoch ns of a New York wall time, with the zone's daylight-saving rules of that day. A time that
 * occurs twice is the earlier one.
 *
 * @param date YYYY-MM-DD.
 * @param time HH:MM or HH:MM:SS.
 * @throws {RangeError} When date or time is no such text, or the day skips that time.
 */
export function newYorkNs(date: string, time: string): bigint {
  const full = /^\d{2}:\d{2}$/.test(time) ? `${time}:00` : time;
  const wanted = Date.parse(`${date}T${full}Z`);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date) || Number.isNaN(wanted)) {
    throw new RangeError(`Cannot read a New York time: "${date} ${time}"`);
  }
  for (const offsetHours of [4, 5]) {
    const utcMs = wanted + offsetHours * 3_600_000;
    if (wallMs(utcMs) === wanted) return BigInt(utcMs) * NS_PER_MS;
  }
  throw new RangeError(`Cannot find the New York time as the day skips it: "${date} ${time}"`);
}

/** New York date of an instant, YYYY-MM-DD. */
export function newYorkDate(epochNs: bigint): string {
  return newYorkText(epochNs).slice(0, 10);
}

/** New York date and wall time of an instant for people, YYYY-MM-DD HH:MM:SS. */
export function newYorkText(epochNs: bigint): string {
  const wall = new Date(wallMs(Number(epochNs / NS_PER_MS))).toISOString();
  return `${wall.slice(0, 10)} ${wall.slice(11, 19)}`;
}

/** UTC midnight of a date in epoch ns. @throws {RangeError} When the text is no date. */
function utcMidnightNs(date: string): bigint {
  const ms = Date.parse(`${date}T00:00:00Z`);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date) || Number.isNaN(ms)) {
    throw new RangeError(`Cannot read a date: "${date}"`);
  }
  return BigInt(ms) * NS_PER_MS;
}

/** A half-open stretch of time, epoch ns. */
export interface SessionWindow {
  readonly fromNs: bigint;
  readonly toNs: bigint;
}

/**
 * Session of a product on a date. Futures: the UTC day. Equities: 02:00 to 16:00 New York.
 *
 * @throws {RangeError} When the text is no date, or the day skips 02:00.
 */
export function sessionWindow(product: "future_mbo" | "equity_mbo", date: string): SessionWindow {
  if (product === "equity_mbo") {
    return { fromNs: newYorkNs(date, "02:00"), toNs: newYorkNs(date, "16:00") };
  }
  const fromNs = utcMidnightNs(date);
  return { fromNs, toNs: fromNs + 86_400_000_000_000n };
}
