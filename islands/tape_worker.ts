import { type FromLink, RowLink, type ToLink } from "./lib/socket/mod.ts";
import { projectTape } from "./lib/tape/channels/mod.ts";

/** The part of a worker's global scope that is used here. */
interface Scope {
  onmessage: ((event: MessageEvent<ToLink>) => void) | null;
  postMessage(message: FromLink): void;
}

// Takes the socket and its text off the page's own thread.
const scope = globalThis as unknown as Scope;
const link = new RowLink((message) => scope.postMessage(message), projectTape);
scope.onmessage = ({ data }) => link.take(data);
