import { type FromSurfaces, SurfaceReader, type ToSurfaces } from "./lib/surfaces/reader/mod.ts";

/** The part of a worker's global scope that is used here. */
interface Scope {
  onmessage: ((event: MessageEvent<ToSurfaces>) => void) | null;
  postMessage(message: FromSurfaces, moved: readonly ArrayBuffer[]): void;
}

// Takes the sockets of the surfaces, their texts and their rows off the page's own thread.
const scope = globalThis as unknown as Scope;
const reader = new SurfaceReader((message, moved) => scope.postMessage(message, moved));
scope.onmessage = ({ data }) => reader.take(data);
