/** Why a store could not do its work. */
export type StoreErrorCode =
  /** The database does not answer or refuses; repeat the call. */
  | "storage_unavailable"
  /** The time that a read was given is over. */
  | "query_timeout"
  /** The store was closed. */
  | "closed"
  /** What is to be written passes a bound of the store; nothing was written. */
  | "too_large"
  /** A stored value is not what was written. */
  | "damaged"
  /** The store was written by a later release. */
  | "newer_format";

/** A store cannot answer. The message is one line and names the cause. */
export class StoreError extends Error {
  override readonly name = "StoreError";
  readonly code: StoreErrorCode;

  constructor(code: StoreErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** What went wrong below, in words. */
export function causeText(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
