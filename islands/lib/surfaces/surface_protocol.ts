import type { LinkState } from "../socket/mod.ts";
import type { StreamStatus } from "./surface_wire.ts";
import type { OptionalSurface, SurfaceWindow } from "./surface_window.ts";

/** Page to the reader of surfaces. */
export type ToSurfaces =
  /** `origin`: of the server's sockets, as `wss://host`; `optional`: what the past is to have. */
  | {
    readonly type: "open";
    readonly origin: string;
    readonly optional: readonly OptionalSurface[];
  }
  /** Fetches the past again with more in it. */
  | { readonly type: "past"; readonly optional: readonly OptionalSurface[] }
  /** Fetches all there is of some seconds, unless the past is on its way. */
  | { readonly type: "stretch"; readonly fromS: number; readonly toS: number }
  | { readonly type: "retry" }
  | { readonly type: "close" };

/** Reader to page. `atMs`: when it came, by the page's clock. */
export type FromSurfaces =
  | { readonly type: "state"; readonly state: LinkState }
  | { readonly type: "word"; readonly atMs: number; readonly serverMs: number | null }
  /** A window that follows those before. */
  | { readonly type: "window"; readonly window: SurfaceWindow; readonly atMs: number }
  /** Windows of the past, oldest first; `isLast`: no more of them come. */
  | { readonly type: "past"; readonly windows: readonly SurfaceWindow[]; readonly isLast: boolean }
  | { readonly type: "status"; readonly status: StreamStatus }
  /** The windows that came are of another market or another time. */
  | { readonly type: "reset" }
  | { readonly type: "end" }
  /** A message that breaks the contract. */
  | { readonly type: "refused"; readonly text: string };
