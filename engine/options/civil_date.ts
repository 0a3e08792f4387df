/**
 * Proleptic Gregorian dates as integers YYYYMMDD, without a time zone or a locale.
 *
 * Source of the day count: Hinnant, "chrono-compatible low-level date algorithms".
 */

/** Days from 1970-01-01 to a date. */
export function dayNumber(ymd: number): number {
  const month = Math.floor(ymd / 100) % 100;
  const year = Math.floor(ymd / 10_000) - (month <= 2 ? 1 : 0);
  const era = Math.floor(year / 400);
  const yearOfEra = year - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + ymd % 100 - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) +
    dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

/** The date that lies a number of days after 1970-01-01. */
export function dateOfDay(day: number): number {
  const z = day + 719_468;
  const era = Math.floor(z / 146_097);
  const dayOfEra = z - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1_460) + Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra -
    (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shifted = Math.floor((5 * dayOfYear + 2) / 153);
  const month = shifted < 10 ? shifted + 3 : shifted - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return year * 10_000 + month * 100 + dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1;
}

/** Day of the week of a day number, 0 = Sunday … 6 = Saturday. */
export function weekday(day: number): number {
  return ((day + 4) % 7 + 7) % 7;
}

/** First day of a month that is a given weekday, as a day number. */
function firstWeekday(year: number, month: number, wanted: number): number {
  const first = dayNumber(year * 10_000 + month * 100 + 1);
  return first + (wanted - weekday(first) + 7) % 7;
}

/**
 * Epoch ms of 16:00 in New York on a date. Daylight saving time runs from the second Sunday of March to
 * the first Sunday of November.
 */
export function newYorkCloseMs(ymd: number): number {
  const day = dayNumber(ymd);
  const year = Math.floor(ymd / 10_000);
  const summer = day >= firstWeekday(year, 3, 0) + 7 && day < firstWeekday(year, 11, 0);
  return (day * 24 + (summer ? 20 : 21)) * 3_600_000;
}
