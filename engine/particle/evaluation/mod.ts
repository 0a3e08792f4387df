/**
 * The lab run over a whole course of ticks, and what its forecasts were worth.
 *
 * @example
 * ```ts
 * import { equal, ok } from "node:assert/strict";
 * import { DEFAULT_LAB } from "../config.ts";
 * import { world } from "../worlds/mod.ts";
 * import { labReport, placeboWorld, worldCourse } from "./mod.ts";
 *
 * const cfg = { ...DEFAULT_LAB, N: 20 };
 * const flow = world("flow", 11, 1_000);
 * const { ticks, skill } = labReport(worldCourse(flow, cfg), worldCourse(placeboWorld(flow), cfg), cfg);
 * equal(ticks, 1_000);
 * ok(skill.published.every((of) => of < 0.2));
 * ```
 *
 * @module
 */

export { type Course, placeboWorld, worldCourse } from "./course.ts";
export { CourseRecorder } from "./course_recorder.ts";
export type { Outcomes } from "./outcomes.ts";
export { type ByHorizon, type LabReport, labReport } from "./report.ts";
export { type Run, runCourse, type RunOptions } from "./run_course.ts";
