export { ControlHost, createControl, storedTimeline } from "./control.ts";
export {
  type ControlClock,
  type ControlCounters,
  ControlService,
  type ControlServiceOptions,
  type ControlView,
  type ControlWrite,
  type ControlWritten,
} from "./control_service.ts";
export { logRow } from "./timeline.ts";
