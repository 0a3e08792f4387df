export { FrameClient, type FrameClientOptions } from "./frame_client.ts";
export {
  isPrivate,
  parseStreamParams,
  PrivateSessionError,
  StreamParams,
  StreamParamsError,
} from "./params.ts";
export { type FrameHost, serveFrames } from "./serve_frames.ts";
export { SIGNAL_QUERY, signalsOf } from "./signals.ts";
