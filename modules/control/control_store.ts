import type { ControlState } from "../../engine/regime/mod.ts";
import type { ControlLogRow } from "./contract.ts";

/** What the store holds. */
export interface StoredControl {
  /** Grows with every write. */
  readonly revision: number;
  /** Null when the stored value is no control state. */
  readonly control: ControlState | null;
}

/** The durable control log. */
export interface ControlLog {
  /** Ascending by revision. */
  readonly rows: readonly ControlLogRow[];
  /** Rows that were skipped as they are no log rows. */
  readonly malformed: number;
}

/** The store cannot be reached or did not answer in time. Whether a write took place is unknown. */
export class ControlStoreError extends Error {
  override readonly name = "ControlStoreError";
  readonly code = "control_store_unavailable";
}

/**
 * Where the control state lives, shared by every process that uses it. Each method may throw
 * {@link ControlStoreError}.
 */
export interface ControlStore {
  /** The stored state; null when there is none. */
  get(): Promise<StoredControl | null>;
  /** Stores the first state. Returns its revision, or null when there is one already. */
  create(control: ControlState): Promise<number | null>;
  /**
   * Replaces the state of revision `expectedRevision`. Returns the new revision, or null when the
   * stored one is another.
   */
  put(control: ControlState, expectedRevision: number): Promise<number | null>;
  /**
   * Yields states with a revision above `afterRevision` as they are written, ascending; some may be
   * left out when a newer one follows. Deletions are not yielded. Ends when `signal` aborts; may end
   * or throw when the store is lost.
   */
  watch(afterRevision: number, signal: AbortSignal): AsyncIterable<StoredControl>;
  /** Adds a row to the log; a row of the same revision stays as it is. */
  appendLog(row: ControlLogRow): Promise<void>;
  /** The whole log. */
  readLog(): Promise<ControlLog>;
}

/** Collects rows, in the order of their revisions, from values that may not be rows. */
export function collectLog(
  values: Iterable<unknown>,
  parse: (value: unknown) => ControlLogRow | null,
): ControlLog {
  const rows: ControlLogRow[] = [];
  let malformed = 0;
  for (const value of values) {
    const row = parse(value);
    if (row === null) malformed++;
    else rows.push(row);
  }
  return { rows: rows.sort((a, b) => a.revision - b.revision), malformed };
}
