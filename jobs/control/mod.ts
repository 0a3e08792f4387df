export { controlClock, ControlHost, createControl, storedTimeline } from "./control.ts";
export {
  type ControlClock,
  type ControlCounters,
  ControlService,
  type ControlServiceOptions,
  type ControlView,
  type ControlWrite,
  type ControlWritten,
} from "./control_service.ts";
export { activationOf, logRow, timelineOf } from "./timeline.ts";
export { NatsControlStore } from "./nats_control_store.ts";
