import { dateOfDays, daysOfDate, etTime, isTradingDay, weekdayOf } from "../regime/mod.ts";

const DAILY_ROOTS: ReadonlySet<string> = new Set(["SPY", "QQQ", "IWM"]);
const DAILY_DAYS = 14;
const WEEKLY_FRIDAYS = 8;
const MONTHS = 7;
const FRIDAY = 5;
const MS_PER_YEAR = 31_536_000_000;
const LEAST_MS = 300_000;

/** Whether the exchange trades on a day, counted from 1970-01-01. */
export type IsTradingDay = (days: number) => boolean;

/** Epoch ms of 16:00 in New York on a date YYYYMMDD: when its options expire. */
export function newYorkCloseMs(ymd: number): number {
  return etTime(daysOfDate(ymd), 16 * 60);
}

/** Whether a root lists an expiry on every trading day. */
export function listsDaily(root: string): boolean {
  return DAILY_ROOTS.has(root);
}

/** Third Friday of a month as a day number. */
function thirdFriday(year: number, month: number): number {
  const first = daysOfDate(year * 10_000 + month * 100 + 1);
  return first + (FRIDAY - weekdayOf(first) + 7) % 7 + 14;
}

/** The Friday itself, or the last trading day before it. */
function settled(friday: number, trades: IsTradingDay): number {
  let day = friday;
  while (!trades(day)) day--;
  return day;
}

/** Whether an expiry YYYYMMDD is a month's own: its third Friday, or the last trading day before that. */
export function isMonthly(expiryYmd: number, trades: IsTradingDay = isTradingDay): boolean {
  const friday = thirdFriday(Math.floor(expiryYmd / 10_000), Math.floor(expiryYmd / 100) % 100);
  return dateOfDays(settled(friday, trades)) === expiryYmd;
}

/**
 * Listed expiries of a root seen from a date, ascending, YYYYMMDD: eight Fridays, then monthly third
 * Fridays up to seven months ahead, and for SPY, QQQ and IWM every trading day of the next 14 days. A
 * Friday without trading moves to the trading day before. The date itself is listed when it expires.
 */
export function expiriesOf(
  root: string,
  dateYmd: number,
  trades: IsTradingDay = isTradingDay,
): readonly number[] {
  const today = daysOfDate(dateYmd);
  const days = new Set<number>();
  const add = (friday: number): void => {
    const day = settled(friday, trades);
    if (day >= today) days.add(day);
  };
  const friday = today + (FRIDAY - weekdayOf(today) + 7) % 7;
  for (let week = 0; week < WEEKLY_FRIDAYS; week++) add(friday + 7 * week);
  const lastWeekly = friday + 7 * (WEEKLY_FRIDAYS - 1);
  const year = Math.floor(dateYmd / 10_000);
  const month = Math.floor(dateYmd / 100) % 100 - 1;
  for (let ahead = 0; ahead <= MONTHS; ahead++) {
    const index = month + ahead;
    const third = thirdFriday(year + Math.floor(index / 12), index % 12 + 1);
    if (third > lastWeekly) add(third);
  }
  if (listsDaily(root)) {
    for (let day = today; day <= today + DAILY_DAYS; day++) {
      if (trades(day)) days.add(day);
    }
  }
  return [...days].sort((a, b) => a - b).map(dateOfDays);
}

/** Calendar days from a date to an expiry, both YYYYMMDD; 0 on the day itself. */
export function dteDays(dateYmd: number, expiryYmd: number): number {
  return daysOfDate(expiryYmd) - daysOfDate(dateYmd);
}

/** Years of 365 days from an instant to 16:00 in New York on the expiry date; at least five minutes. */
export function yearsToExpiry(tsMs: number, expiryYmd: number): number {
  return yearsBetween(tsMs, newYorkCloseMs(expiryYmd));
}

/** The same with the closing instant of the expiry date at hand, epoch ms. */
export function yearsBetween(tsMs: number, closeMs: number): number {
  const left = closeMs - tsMs;
  return (left > LEAST_MS ? left : LEAST_MS) / MS_PER_YEAR;
}
