export { type CaptureOptions, type CaptureResult, runCapture } from "./capture.ts";
export { CaptureError } from "./capture_error.ts";
export { Recorder, RecorderError, type RecorderOptions } from "./recorder.ts";
