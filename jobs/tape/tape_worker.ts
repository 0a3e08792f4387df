/// <reference lib="deno.worker" />
import { serveWorker, systemClock } from "../kit/worker.ts";
import { createFlow } from "./flow.ts";
import { createParts } from "./parts.ts";
import { tapeProgram } from "./tape_program.ts";

serveWorker(tapeProgram({ clock: systemClock, createParts, createFlow }));
