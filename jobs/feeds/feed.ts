import type { MboBlock } from "../../engine/dbn/mod.ts";
import type { ControlEntry } from "../../engine/regime/mod.ts";
import type { FeedKind, Regime } from "../../modules/feed/contract.ts";

/** Yields market events in time order and nothing else. It knows no engine. */
export interface Feed {
  readonly kind: FeedKind;
  /** File name, or "synthetic". */
  readonly name: string;
  /** Raw symbol of the instrument, empty when the feed does not say. */
  readonly symbol: string;
  /** Text symbol of an instrument id, or null when the feed does not say. */
  readonly symbolOf: (instrumentId: number) => string | null;
  /** Epoch ns of the first event after a snapshot, and the end; null when unknown or endless. */
  readonly startNs: bigint | null;
  readonly endNs: bigint | null;
  /** Whether the first records describe a book from before `startNs`, with the times of its orders. */
  readonly opensWithSnapshot: boolean;
  /** Records delivered so far: the position to give to {@link Feed.rewind}. */
  readonly position: number;

  /**
   * Delivers every event before `untilNs`, in order, in blocks that are valid only inside the call.
   *
   * @param untilNs Epoch ns, exclusive.
   * @param maxRecords Stop after about this many records, so that a long stretch can be interrupted.
   * @returns `due` when all events before `untilNs` were delivered, `more` when it stopped at
   *   `maxRecords`, `ended` when no event is left at all.
   * @throws {DbnError} When the source is broken; what came before it was delivered.
   */
  pull(
    untilNs: bigint,
    maxRecords: number,
    sink: (block: MboBlock) => void,
  ): Promise<"due" | "more" | "ended">;

  /** Starts again so that the next event is record number `position`. */
  rewind(position: number): Promise<void>;

  /** Holds a regime of a synthetic market, or lets its plan go on (null); other feeds refuse. */
  setRegime(regime: Regime | null): void;

  /** The regime in force, null when the feed has none. */
  readonly regime: Regime | null;

  /** Whether that regime was chosen by hand and stays. */
  readonly regimeHeld: boolean;

  /** Adds a control state to the plan of a synthetic market; other feeds have none. */
  control(entry: ControlEntry): void;

  /** Releases files. */
  close(): void;
}

/** A feed that cannot be opened or read, with a message for people. */
export class FeedError extends RangeError {
  override readonly name = "FeedError";
  readonly code:
    | "not_found"
    | "unreadable"
    | "not_seekable"
    | "not_running"
    | "out_of_range"
    | "no_regime"
    | "no_instrument";

  constructor(code: FeedError["code"], message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
