/** Zone in which the terminal shows exchange time, and the short name beside the digits. */
const EXCHANGE_ZONE = "America/New_York";
export const EXCHANGE_ZONE_LABEL = "ET";

const HOUR_MS = 3_600_000;
const offsets = new Map<number, number>();
let formatter: Intl.DateTimeFormat | null = null;

/** Returns how far exchange wall time is ahead of UTC, in ms, at an epoch time in ms. */
export function zoneOffsetMs(epochMs: number): number {
  const hour = Math.floor(epochMs / HOUR_MS);
  const known = offsets.get(hour);
  if (known !== undefined) return known;
  formatter ??= new Intl.DateTimeFormat("en-US", {
    timeZone: EXCHANGE_ZONE,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  const part = new Map(
    formatter.formatToParts(hour * HOUR_MS).map((p) => [p.type as string, Number(p.value)]),
  );
  const wall = Date.UTC(
    part.get("year") ?? 0,
    (part.get("month") ?? 1) - 1,
    part.get("day") ?? 1,
    part.get("hour") ?? 0,
    part.get("minute") ?? 0,
    part.get("second") ?? 0,
  );
  const offset = wall - hour * HOUR_MS;
  if (offsets.size > 512) offsets.clear();
  offsets.set(hour, offset);
  return offset;
}

function two(value: number): string {
  return value < 10 ? `0${value}` : `${value}`;
}

/** Returns `HH:MM:SS`, with `.mmm` when `millis`, of a wall time in ms. */
export function clockText(wallMs: number, millis = false): string {
  const day = ((wallMs % 86_400_000) + 86_400_000) % 86_400_000;
  const seconds = Math.floor(day / 1_000);
  const text = `${two(Math.floor(seconds / 3_600))}:${two(Math.floor(seconds / 60) % 60)}:${
    two(seconds % 60)
  }`;
  return millis ? `${text}.${String(Math.floor(day % 1_000)).padStart(3, "0")}` : text;
}

/** Returns exchange wall time of an epoch time in ms, without its zone. */
export function exchangeClock(epochMs: number, millis = false): string {
  return clockText(epochMs + zoneOffsetMs(epochMs), millis);
}

/** Returns the exchange date, `YYYY-MM-DD`, of an epoch time in ms. */
export function exchangeDate(epochMs: number): string {
  return new Date(epochMs + zoneOffsetMs(epochMs)).toISOString().slice(0, 10);
}

/** Returns epoch ms, a double, of decimal epoch ns. */
export function nsToMs(ns: string | bigint): number {
  return Number(BigInt(ns) / 1_000n) / 1_000;
}

/** Returns a span of time in the largest unit that keeps it short, such as `4.2 s` or `17 h`. */
export function spanText(ms: number): string {
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${(ms / 1_000).toFixed(1)} s`;
  if (ms < HOUR_MS) return `${Math.floor(ms / 60_000)} min ${Math.floor(ms / 1_000) % 60} s`;
  return `${Math.floor(ms / HOUR_MS)} h ${Math.floor(ms / 60_000) % 60} min`;
}
