/** Life of the socket. Times are on the page's own clock, ms. */
export type Connection =
  | { readonly kind: "connecting"; readonly attempt: number }
  | { readonly kind: "open" }
  | {
    readonly kind: "waiting";
    readonly attempt: number;
    readonly retryAtMs: number;
    readonly reason: string;
  }
  | { readonly kind: "refused"; readonly reason: string };

/** Life of the live socket. Times on the clock of whoever holds the socket, epoch ms. */
export type LinkState =
  | { readonly kind: "connecting"; readonly attempt: number }
  | { readonly kind: "open"; readonly sinceMs: number }
  | {
    readonly kind: "waiting";
    readonly attempt: number;
    readonly retryAtMs: number;
    readonly reason: string;
  };
