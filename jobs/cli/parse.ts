import { InvalidArgumentError } from "commander";

/** A New York time of day, as it was typed. @throws {InvalidArgumentError} When it is none. */
export function start(text: string): string {
  if (!/^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/.test(text)) {
    throw new InvalidArgumentError("It must be HH:MM or HH:MM:SS, New York time.");
  }
  return text;
}

/** A New York date, as it was typed. @throws {InvalidArgumentError} When it is none. */
export function date(text: string): string {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || Number.isNaN(Date.parse(text))) {
    throw new InvalidArgumentError("It must be YYYY-MM-DD, a New York date.");
  }
  return text;
}

/** A pressure model by its name. @throws {InvalidArgumentError} When there is none of that name. */
export function model(text: string): "complete" | "compat" {
  if (text === "complete" || text === "compat") return text;
  throw new InvalidArgumentError("It must be complete or compat.");
}
