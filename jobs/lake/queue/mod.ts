export { QueueRunner } from "./queue_runner.ts";
export { workOnQueue } from "./queue_worker.ts";
export { QueueError } from "./work_queue.ts";
