/// <reference lib="deno.worker" />
import { serveWorker, systemClock } from "../../kit/worker.ts";
import { createFlow } from "../../tape/worker.ts";
import { replayProgram } from "./replay_program.ts";

serveWorker(replayProgram({ clock: systemClock, createFlow }));
