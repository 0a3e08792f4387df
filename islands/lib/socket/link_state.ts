/** Life of a socket. Times are epoch ms on the clock of whoever holds it. */
export type LinkState =
  | { readonly kind: "connecting"; readonly attempt: number }
  | { readonly kind: "live"; readonly sinceMs: number }
  /** Open, but without a word for so long that what is shown may be old. */
  | { readonly kind: "stale"; readonly heardAtMs: number }
  | {
    readonly kind: "reconnecting";
    /** Number of the attempt to come. */
    readonly attempt: number;
    readonly retryAtMs: number;
    readonly reason: string;
  }
  /** The server does not want what was asked; asking again would not help. */
  | { readonly kind: "refused"; readonly reason: string }
  /** Nothing opens the socket, as the code that would could not be loaded. */
  | { readonly kind: "absent"; readonly reason: string };

/** True while the socket is open. */
export function isOpen({ kind }: LinkState): boolean {
  return kind === "live" || kind === "stale";
}
