import { join } from "node:path";
import { InvalidArgumentError } from "commander";
import { loadConfig } from "../../config.ts";
import { date } from "./parse.ts";

const DAY_MS = 86_400_000;
/** Longest range of dates: ten years. */
const MAX_DATES = 3_660;

/** Folder of the lake that a command works on. */
export function lakeOf({ lake }: { readonly lake?: string }): string {
  return lake ?? join(loadConfig().dataDir, "lake");
}

/** A contract or a root. @throws {InvalidArgumentError} When it is none. */
export function symbolOf(text: string): string {
  if (/^[A-Z0-9]{1,16}$/.test(text)) return text;
  throw new InvalidArgumentError("It must be a contract, ESH6, or a root, ES.");
}

/** Dates of a list or a range, ascending, each once. @throws {InvalidArgumentError} When it is none. */
export function datesOf(text: string): readonly string[] {
  const [from = "", to] = text.split(":");
  const dates = to === undefined ? text.split(",").map(date) : rangeOf(date(from), date(to));
  return [...new Set(dates)].sort();
}

/** Dates from one to another, both included. @throws {InvalidArgumentError} When there are none or too many. */
export function rangeOf(from: string, to: string): readonly string[] {
  const days = (Date.parse(to) - Date.parse(from)) / DAY_MS;
  if (days < 0 || days >= MAX_DATES) {
    throw new InvalidArgumentError("It must be a range of dates, the first one first.");
  }
  return Array.from(
    { length: days + 1 },
    (_, day) => new Date(Date.parse(from) + day * DAY_MS).toISOString().slice(0, 10),
  );
}
