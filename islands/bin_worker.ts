import { BinReader, type FromBins, type ToBins } from "./lib/heatmap/reader/mod.ts";

/** The part of a worker's global scope that is used here. */
interface Scope {
  onmessage: ((event: MessageEvent<ToBins>) => void) | null;
  postMessage(message: FromBins, moved: readonly ArrayBuffer[]): void;
}

// Takes the heatmap's socket, its text and its rows off the page's own thread.
const scope = globalThis as unknown as Scope;
const reader = new BinReader((message, moved) => scope.postMessage(message, moved));
scope.onmessage = ({ data }) => reader.take(data);
