/// <reference lib="deno.worker" />
import { serveWorker } from "../../kit/worker.ts";
import { echoProgram } from "./echo_program.ts";

serveWorker(echoProgram);
