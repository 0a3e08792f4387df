/// <reference lib="deno.worker" />
import { serveWorker, systemClock } from "../../kit/mod.ts";
import { createFlow } from "../../tape/mod.ts";
import { replayProgram } from "./replay_program.ts";

serveWorker(replayProgram({ clock: systemClock, createFlow }));
