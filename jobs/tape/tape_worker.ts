/// <reference lib="deno.worker" />
import { serveWorker, systemClock } from "../kit/mod.ts";
import { createFlow } from "./flow.ts";
import { createParts } from "./parts.ts";
import { tapeProgram } from "./tape_program.ts";

serveWorker(tapeProgram({ clock: systemClock, createParts, createFlow }));
