/// <reference lib="deno.worker" />
import { serveWorker } from "../../kit/mod.ts";
import { echoProgram } from "./echo_program.ts";

serveWorker(echoProgram);
