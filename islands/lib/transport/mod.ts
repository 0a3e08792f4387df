export { ModeButton, TransportBar } from "./TransportBar.tsx";
export { ReplayTransport } from "./replay.ts";
