export { type CaptureOptions, type CaptureResult, runCapture } from "./capture.ts";
export { expandDataset, type Expanded, type ExpandOptions } from "./expand.ts";
export { CaptureError } from "./capture_error.ts";
export type { Manifest, ManifestParts } from "./manifest.ts";
export type { CaptureWindow, WindowRequest } from "./window.ts";
export { Recorder, RecorderError, type RecorderOptions } from "./recorder.ts";
