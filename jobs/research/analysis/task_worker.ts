/// <reference lib="deno.worker" />
import { serveWorker } from "../../kit/mod.ts";
import { taskProgram } from "./task_runner.ts";

serveWorker(taskProgram);
