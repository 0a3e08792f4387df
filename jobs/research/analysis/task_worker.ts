/// <reference lib="deno.worker" />
import { serveWorker } from "../../kit/worker.ts";
import { taskProgram } from "./task_runner.ts";

serveWorker(taskProgram);
