export { runPipeline } from "./run_pipeline.ts";
export { SESSIONS } from "./session_span.ts";
export {
  failedOutcome,
  parseOutcome,
  parseTask,
  type PipelineTask,
  PRODUCTS,
  type TaskOutcome,
} from "./task.ts";
export { localRunner, type TaskRunner, threadRunner } from "./task_runner.ts";
