import { newYorkDate, newYorkNs, newYorkText } from "../../../engine/clock/mod.ts";
import { CaptureError } from "./capture_error.ts";

/** What of a recording is to be captured, as asked for. */
export interface WindowRequest {
  /** New York wall times, see {@link clockTime}. */
  readonly start: string;
  readonly end: string;
  /** New York date, or null when the file holds the window on one day only. */
  readonly date: string | null;
}

/** A stretch of exchange time `[startNs, endNs)` by the end of its bins, epoch ns. */
export interface CaptureWindow {
  /** New York date. */
  readonly date: string;
  /** New York `HH:MM`. */
  readonly startTime: string;
  readonly startNs: bigint;
  readonly endNs: bigint;
}

/** What a recording covers, epoch ns; null when unknown. */
export interface Recorded {
  readonly startNs: bigint | null;
  readonly endNs: bigint | null;
}

/** Most New York dates that one file is searched for. */
const MAX_DATES = 400;

const TIME = /^(\d{1,2}):([0-5]\d)(?::([0-5]\d))?(?: ?([AaPp])[Mm])?$/;

/**
 * A wall time as `HH:MM:SS`.
 *
 * @param text `09:25`, `09:25:00`, `9:25 AM` or `24:00`.
 * @throws {CaptureError} `usage` when it is none.
 */
export function clockTime(text: string): string {
  const match = TIME.exec(text.trim());
  const rule = () =>
    new CaptureError("usage", `Cannot read the time "${text}": it must be HH:MM or HH:MM:SS`);
  if (match === null) throw rule();
  const [, hourText = "", minute = "00", second = "00", half] = match;
  let hour = Number(hourText);
  if (half !== undefined) {
    if (hour < 1 || hour > 12) throw rule();
    hour = hour % 12 + (half.toLowerCase() === "p" ? 12 : 0);
  }
  const rest = `${minute}:${second}`;
  if (hour > 24 || (hour === 24 && rest !== "00:00")) throw rule();
  return `${String(hour).padStart(2, "0")}:${rest}`;
}

/**
 * Finds the window in a recording.
 *
 * @param cellNs Width of a bin.
 * @throws {CaptureError} `usage` when the times break a rule; `outside` when no day of the recording
 * holds them, or more than one does.
 */
export function findWindow(
  request: WindowRequest,
  recorded: Recorded,
  cellNs: number,
): CaptureWindow {
  const start = clockTime(request.start);
  const end = clockTime(request.end);
  if (!start.endsWith(":00")) {
    throw new CaptureError("usage", `Cannot capture as the start must be a whole minute: ${start}`);
  }
  if (end <= start) {
    throw new CaptureError(
      "usage",
      `Cannot capture as the end must be after the start: ${start} to ${end}`,
    );
  }
  const { startNs } = recorded;
  if (startNs === null) {
    throw new CaptureError("outside", "Cannot capture as the file holds no record with a time");
  }
  const dates = datesOf(startNs, recorded.endNs);
  const wanted = request.date === null ? dates : [request.date];
  const fits = wanted.filter((date) => dates.includes(date))
    .map((date) => windowOn(date, start, end))
    .filter((window) => window !== null)
    .filter((window) => holds(window, startNs, recorded.endNs, cellNs));
  const [window, other] = fits;
  if (window === undefined) throw outside(request, start, end, recorded);
  if (other === undefined) return window;
  throw new CaptureError(
    "outside",
    `Cannot choose the day as the file holds ${start} to ${end} on ${fits.length} days, ` +
      `${window.date} the first: give --dt`,
  );
}

function datesOf(startNs: bigint, endNs: bigint | null): readonly string[] {
  const last = newYorkDate(endNs === null || endNs <= startNs ? startNs : endNs - 1n);
  const dates: string[] = [];
  // Noon keeps a step of 24 hours on the next date whatever the clocks do.
  for (let at = newYorkNs(newYorkDate(startNs), "12:00"); dates.length < MAX_DATES;) {
    const date = newYorkDate(at);
    if (date > last) break;
    dates.push(date);
    at += 86_400_000_000_000n;
  }
  return dates;
}

/** The window on a date, or null when the day skips one of its times. */
function windowOn(date: string, start: string, end: string): CaptureWindow | null {
  try {
    return {
      date,
      startTime: start.slice(0, 5),
      startNs: newYorkNs(date, start),
      endNs: newYorkNs(date, end),
    };
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function holds(
  window: CaptureWindow,
  firstNs: bigint,
  endNs: bigint | null,
  cellNs: number,
): boolean {
  // A recording that begins inside the first bin holds that bin.
  if (window.startNs < firstNs - BigInt(cellNs)) return false;
  return endNs === null || window.endNs <= endNs;
}

function outside(
  { date }: WindowRequest,
  start: string,
  end: string,
  { startNs, endNs }: Recorded,
): CaptureError {
  const from = startNs === null ? "its start" : newYorkText(startNs);
  const to = endNs === null ? "its end" : newYorkText(endNs);
  const day = date === null ? "" : `${date} `;
  return new CaptureError(
    "outside",
    `Cannot capture ${day}${start} to ${end} as the file runs from ${from} to ${to}, New York time`,
  );
}
