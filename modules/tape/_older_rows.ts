import type { StreamName } from "../../engine/frames/mod.ts";
import { StoredRow } from "./stored_row.ts";

/** Streams whose rows called a score a probability, or a confidence. */
export const CALLED_OTHERWISE: readonly StreamName[] = ["smart-money", "classifier-hits", "alerts"];

type Fields = Readonly<Record<string, unknown>>;

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** An object whose score has its name; anything else as it is. */
function scored(value: unknown, old: string): unknown {
  if (!isFields(value) || "score" in value) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, field]) => [name === old ? "score" : name, field]),
  );
}

function eachScored(value: unknown, old: string): unknown {
  return Array.isArray(value) ? value.map((item: unknown) => scored(item, old)) : value;
}

/**
 * A row that an older release stored, by the names of this one. What it called a probability was a score, so
 * that it has no probability now. A row of this release is given back itself.
 */
export function withScores(row: StoredRow): StoredRow {
  if (!CALLED_OTHERWISE.includes(row.stream)) return row;
  const record: Fields = { ...row.record };
  if (row.stream === "classifier-hits") {
    if ("score" in record) return row;
    return new StoredRow(row.stream, row.ts, row.seq, JSON.stringify(scored(record, "confidence")));
  }
  if ("probability" in record) return row;
  const renamed: Record<string, unknown> = { ...record, probability: null };
  if ("profile_scores" in record) {
    renamed["profile_scores"] = eachScored(record["profile_scores"], "probability");
  }
  if ("hits" in record) renamed["hits"] = eachScored(record["hits"], "confidence");
  return new StoredRow(row.stream, row.ts, row.seq, JSON.stringify(renamed));
}
