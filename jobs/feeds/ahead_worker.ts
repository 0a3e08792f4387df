/// <reference lib="deno.worker" />
import { serveWorker } from "../kit/worker.ts";
import { aheadProgram } from "./ahead_program.ts";

serveWorker(aheadProgram);
