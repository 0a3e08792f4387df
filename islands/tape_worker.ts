import { type FromLink, LiveLink, type ToLink } from "./lib/tape/mod.ts";

/** The part of a worker's global scope that is used here. */
interface Scope {
  onmessage: ((event: MessageEvent<ToLink>) => void) | null;
  postMessage(message: FromLink): void;
}

// Takes the socket and its text off the page's own thread.
const scope = globalThis as unknown as Scope;
const link = new LiveLink((message) => scope.postMessage(message));
scope.onmessage = ({ data }) => link.take(data);
