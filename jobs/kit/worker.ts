/** What a thread of its own runs of the kit: no server, no store, no file, so that it starts quickly. */
export { type Clock, systemClock } from "./clock.ts";
export { EventClock } from "./event_clock.ts";
export { type Fields, type LogLine } from "./logger.ts";
export { type Goal, Pace } from "./pace.ts";
export { PacedLoop } from "./paced_loop.ts";
export { Moved, type NoVerbs, Port, RemoteError } from "./port.ts";
export { Rate } from "./rate.ts";
export { WarningGate } from "./warning_gate.ts";
export { type WorkerPlace, WorkerPort } from "./worker_port.ts";
export { serveWorker, type StartProgram, type WorkerProgram } from "./worker_program.ts";
