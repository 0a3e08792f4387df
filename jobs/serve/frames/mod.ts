export { CLOSE, closeReason, FrameClient, type Socket } from "./client.ts";
export { parseStreamParams, StreamParams, StreamParamsError } from "./params.ts";
export { serveStream, type StreamHost } from "./serve.ts";
export { serveSignals } from "./serve_signals.ts";
