/// <reference lib="deno.worker" />
import { serveWorker, systemClock } from "../kit/worker.ts";
import { marketProgram } from "./market_program.ts";
import type { MarketHostPort } from "./worker_contract.ts";

serveWorker((host: MarketHostPort) => marketProgram(host, systemClock));
