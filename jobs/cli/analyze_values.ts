import { InvalidArgumentError } from "commander";
import { SIGNAL_NAMES, type SignalName } from "../../engine/analysis/mod.ts";

/** Parser of a New York time. */
export function time(text: string): string {
  if (/^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/.test(text)) return text;
  throw new InvalidArgumentError("It must be HH:MM or HH:MM:SS, New York time.");
}

/** Parser of a New York date. */
export function date(text: string): string {
  const ms = Date.parse(`${text}T00:00:00Z`);
  const real = /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(ms) &&
    new Date(ms).toISOString().startsWith(text);
  if (real) return text;
  throw new InvalidArgumentError("It must be YYYY-MM-DD, a New York date.");
}

/** Parser of a whole number of at least `least`. */
export function whole(least: number): (text: string) => number {
  return (text) => {
    const value = /^\d{1,15}$/.test(text.trim()) ? Number(text) : NaN;
    if (value >= least) return value;
    throw new InvalidArgumentError(`It must be a whole number >= ${least}.`);
  };
}

/** Parser of a number of at least 0, or above 0. */
export function positive(open: boolean): (text: string) => number {
  return (text) => {
    const value = text.trim() === "" ? NaN : Number(text);
    if (Number.isFinite(value) && (open ? value > 0 : value >= 0)) return value;
    throw new InvalidArgumentError(`It must be a number ${open ? ">" : ">="} 0.`);
  };
}

/** Parser of a percentile. */
export function percentage(text: string): number {
  const value = text.trim() === "" ? NaN : Number(text);
  if (value >= 0 && value <= 100) return value;
  throw new InvalidArgumentError("It must be a number from 0 to 100.");
}

/** Parser of a list with commas; an item that stands twice counts once. */
export function list<T>(item: (text: string) => T): (text: string) => readonly T[] {
  return (text) => {
    const parts = text.split(",").map((part) => part.trim()).filter((part) => part !== "");
    if (parts.length === 0) throw new InvalidArgumentError("It must be a list with commas.");
    return [...new Set(parts.map(item))];
  };
}

/** Parser of a yes or no. */
export function truth(text: string): boolean {
  const word = text.toLowerCase();
  if (["1", "true", "t", "yes", "y", "on"].includes(word)) return true;
  if (["0", "false", "f", "no", "n", "off"].includes(word)) return false;
  throw new InvalidArgumentError("It must be true or false.");
}

/** Parser of a signal's name. */
export function signalName(text: string): SignalName {
  const found = SIGNAL_NAMES.find((name) => name === text);
  if (found !== undefined) return found;
  throw new InvalidArgumentError(`It must be one of ${SIGNAL_NAMES.join(", ")}.`);
}

/** Parser of thresholds by signal: `ads=0.02,0.05;pfp=0.1`. */
export function thresholds(
  text: string,
): Readonly<Partial<Record<SignalName, readonly number[]>>> {
  const numbers = list(positive(true));
  return Object.fromEntries(
    text.split(";").filter((part) => part.trim() !== "").map((part) => {
      const [name = "", values = ""] = part.split("=");
      return [signalName(name.trim()), numbers(values)];
    }),
  );
}
