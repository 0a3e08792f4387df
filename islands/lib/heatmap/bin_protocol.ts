import type { LinkState } from "../socket/mod.ts";
import type { DecodedBin } from "./history.ts";
import type { StreamMessage, TradesHead } from "./wire.ts";

/** Page to the reader of bins. */
export type ToBins =
  | { readonly type: "open"; readonly url: string }
  | { readonly type: "retry" }
  | { readonly type: "close" };

/** Reader to page. */
export type FromBins =
  | { readonly type: "state"; readonly state: LinkState }
  | {
    readonly type: "message";
    /** Any but the header of a bin, and none that is no message. */
    readonly message: Exclude<StreamMessage, { readonly type: "grid_update" | "trades" }>;
    /** When it came, by the page's clock. */
    readonly atMs: number;
  }
  /** Bins that follow the ones before, oldest first. */
  | { readonly type: "bins"; readonly bins: readonly DecodedBin[] }
  /** Arrow rows of what traded in a bin that was posted before. */
  | { readonly type: "trades"; readonly head: TradesHead; readonly rows: Uint8Array }
  /** Bins of the past, newest first. */
  | { readonly type: "past"; readonly bins: readonly DecodedBin[] }
  /** A frame that breaks the contract. */
  | { readonly type: "refused"; readonly text: string; readonly field: string | null };
