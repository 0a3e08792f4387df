/** Something that the evidence drawer can show. */
export interface EvidenceRef {
  readonly kind: "smart-money" | "alert" | "print" | "packet" | "dark" | "equity";
  /** Event id, trace id or packet id. */
  readonly id: string;
  readonly symbol: string;
  /** Event time, epoch ms. */
  readonly ts: number;
  /** What the row said, for the time until the record itself is loaded. */
  readonly row?: unknown;
}
