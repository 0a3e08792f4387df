import type { GoldenDocument } from "./golden_file.ts";
import type { Tally } from "./tally.ts";

/** Golden numbers of one kind, and how the engine is held to them through its public functions. */
export interface Suite {
  readonly name: string;
  /** Whether a document holds them. */
  readonly isOf: (document: GoldenDocument) => boolean;
  /** Compares all of them. */
  readonly check: (document: GoldenDocument, tally: Tally) => void;
}
