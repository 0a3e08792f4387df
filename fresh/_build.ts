import type { ComponentType } from "preact";

/** One island: a component that is sent to the browser. */
export interface Island {
  /** Name for markers and error messages, unique in the app. */
  readonly name: string;
  /** Export of the module that holds the component. */
  readonly exportName: string;
  /** The component itself. */
  readonly fn: ComponentType;
  /** URL of the browser module. */
  readonly url: string;
  /** URLs of the modules that have to be there before it runs, its own first. */
  readonly needs: readonly string[];
}

/** A file that `staticFiles()` can serve, with its bytes in memory or on disk. */
export interface StaticFile {
  readonly hash: string;
  readonly contentType: string;
  readonly size: number;
  readonly bytes: () => Promise<Uint8Array<ArrayBuffer>>;
}

/** One module found under the routes folder. */
export interface RouteFile {
  /** Path relative to the routes folder without extension, with forward slashes. */
  readonly id: string;
  /** What the module exports. */
  readonly exports: Readonly<Record<string, unknown>>;
}

/** Everything a build knows; given to an app by the function that `Builder.build()` returns. */
export interface BuildSnapshot {
  readonly mode: "development" | "production";
  readonly buildId: string;
  readonly routes: readonly RouteFile[];
  readonly islands: ReadonlyMap<unknown, Island>;
  /** URL of the client runtime; empty without islands. */
  readonly clientUrl: string;
  /** URLs of the modules that have to be there before it runs, its own first. */
  readonly clientNeeds: readonly string[];
  readonly liveReload: boolean;
  /** Finds the file behind a decoded URL path. */
  readFile(pathname: string): Promise<StaticFile | null>;
}
