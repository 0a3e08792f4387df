/**
 * The exchange's calendar by integer rules: New York time without a locale library, holidays and half
 * days without a table that ends. Dates are integers YYYYMMDD, days are counted from 1970-01-01.
 */

export const MINUTE_MS = 60_000;
export const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

/** Days from 1970-01-01 to a date of the proleptic Gregorian calendar; days beyond a month's end carry over. */
export function daysOfDate(date: number): number {
  const day = date % 100;
  const month = Math.floor(date / 100) % 100;
  const year = Math.floor(date / 10_000) - (month <= 2 ? 1 : 0);
  const era = Math.floor(year / 400);
  const yearOfEra = year - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) +
    dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

/** Date YYYYMMDD of a day number; the inverse of {@link daysOfDate}. */
export function dateOfDays(days: number): number {
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1_460) + Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra -
    (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const part = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * part + 2) / 5) + 1;
  const month = part < 10 ? part + 3 : part - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return year * 10_000 + month * 100 + day;
}

/** Day of the week of a day number: 0 Sunday … 6 Saturday. */
export function weekdayOf(days: number): number {
  return (((days + 4) % 7) + 7) % 7;
}

/** Day number of the n-th (1…) given weekday of a month; n = -1: the last one. */
function nthWeekday(year: number, month: number, weekday: number, n: number): number {
  if (n < 0) {
    const next = month === 12 ? (year + 1) * 10_000 + 101 : year * 10_000 + (month + 1) * 100 + 1;
    const last = daysOfDate(next) - 1;
    return last - (weekdayOf(last) - weekday + 7) % 7;
  }
  const first = daysOfDate(year * 10_000 + month * 100 + 1);
  return first + (weekday - weekdayOf(first) + 7) % 7 + (n - 1) * 7;
}

/** Western Easter Sunday of a year. Source: the anonymous Gregorian computus (Meeus, 1991). */
function easter(year: number): number {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const f = Math.floor((b + 8) / 25);
  const g = Math.floor((b - f + 1) / 3);
  const h = (19 * a + b - Math.floor(b / 4) - g + 15) % 30;
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const sum = h + l - 7 * m + 114;
  return daysOfDate(year * 10_000 + Math.floor(sum / 31) * 100 + (sum % 31) + 1);
}

/** Closed on the Friday before a Saturday and on the Monday after a Sunday. */
function observed(date: number): number {
  const days = daysOfDate(date);
  const weekday = weekdayOf(days);
  return weekday === 6 ? days - 1 : weekday === 0 ? days + 1 : days;
}

interface ExchangeYear {
  readonly closed: ReadonlySet<number>;
  readonly half: ReadonlySet<number>;
}

/** Closures that no rule gives: 9 January 2025, a day of national mourning. */
const SPECIAL_CLOSURES = [20250109];

const YEARS = new Map<number, ExchangeYear>();

/** Holidays and half days of the New York exchanges by their standing rules (memoised). */
function exchangeYear(year: number): ExchangeYear {
  const known = YEARS.get(year);
  if (known !== undefined) return known;
  const date = (month: number, day: number) => year * 10_000 + month * 100 + day;
  const thanksgiving = nthWeekday(year, 11, 4, 4);
  const newYear = daysOfDate(date(1, 1));
  const closed = new Set([
    // A New Year's Day on a Saturday is not made up for in the old year.
    weekdayOf(newYear) === 0 ? newYear + 1 : newYear,
    nthWeekday(year, 1, 1, 3),
    nthWeekday(year, 2, 1, 3),
    easter(year) - 2,
    nthWeekday(year, 5, 1, -1),
    observed(date(6, 19)),
    observed(date(7, 4)),
    nthWeekday(year, 9, 1, 1),
    thanksgiving,
    observed(date(12, 25)),
    ...SPECIAL_CLOSURES.filter((d) => Math.floor(d / 10_000) === year).map(daysOfDate),
  ]);
  const half = new Set([thanksgiving + 1]);
  for (const eve of [daysOfDate(date(7, 3)), daysOfDate(date(12, 24))]) {
    const weekday = weekdayOf(eve);
    if (weekday >= 1 && weekday <= 4 && !closed.has(eve)) half.add(eve);
  }
  const made = { closed, half };
  YEARS.set(year, made);
  return made;
}

/** Whether the exchanges open on a day number. */
export function isTradingDay(days: number): boolean {
  const weekday = weekdayOf(days);
  if (weekday === 0 || weekday === 6) return false;
  return !exchangeYear(Math.floor(dateOfDays(days) / 10_000)).closed.has(days);
}

/** Whether the exchanges close at 13:00 on a day number. */
export function isHalfDay(days: number): boolean {
  return exchangeYear(Math.floor(dateOfDays(days) / 10_000)).half.has(days);
}

/** First trading day at or after a day number. */
export function tradingDayFrom(days: number): number {
  let day = days;
  while (!isTradingDay(day)) day++;
  return day;
}

/** Last trading day at or before a day number. */
export function tradingDayUntil(days: number): number {
  let day = days;
  while (!isTradingDay(day)) day--;
  return day;
}

/** New York time minus UTC in ms at an epoch ms: -4 h in summer, -5 h in winter (rule in force since 2007). */
function etOffsetMs(tsMs: number): number {
  const year = Math.floor(dateOfDays(Math.floor(tsMs / DAY_MS)) / 10_000);
  const start = nthWeekday(year, 3, 0, 2) * DAY_MS + 7 * HOUR_MS;
  const end = nthWeekday(year, 11, 0, 1) * DAY_MS + 6 * HOUR_MS;
  return tsMs >= start && tsMs < end ? -4 * HOUR_MS : -5 * HOUR_MS;
}

/** Day number of the New York date at an epoch ms. */
export function etDays(tsMs: number): number {
  return Math.floor((tsMs + etOffsetMs(tsMs)) / DAY_MS);
}

/** New York date YYYYMMDD at an epoch ms. */
export function etDate(tsMs: number): number {
  return dateOfDays(etDays(tsMs));
}

/** Epoch ms of a New York wall time, minutes after midnight (not between 01:00 and 03:00 on a change of clocks). */
export function etTime(days: number, minutes: number): number {
  const wall = days * DAY_MS + minutes * MINUTE_MS;
  return wall - etOffsetMs(wall + 5 * HOUR_MS);
}
