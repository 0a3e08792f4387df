import type { Placement, Subtype } from "../parent.ts";
import type { Contract } from "./_contract.ts";

/** Kinds of background packets: three that stay small, and two that only look large. */
export type BackgroundKind =
  | Extract<Subtype, "single_print_mid" | "two_sided_scalp" | "stale_quote_noise">
  | "mid_size"
  | "block";

/** A print of the background. */
export interface BackgroundPrint {
  readonly ts: number;
  readonly size: number;
  readonly placement: Placement;
  readonly venue: string;
  readonly conditions: readonly string[];
}

/** A few prints of one contract that belong together: a small order, or a leg of one. */
export interface BackgroundPacket {
  readonly contract: Contract;
  readonly kind: BackgroundKind;
  readonly ts: number;
  readonly lastTs: number;
  readonly prints: readonly BackgroundPrint[];
  /** Contracts of all prints, and premium that they together may not pass, USD. */
  readonly lots: number;
  readonly capUsd: number;
  /** Every leg of an order of several, the packet among them; null: it is all there is. */
  readonly order: readonly BackgroundPacket[] | null;
}
