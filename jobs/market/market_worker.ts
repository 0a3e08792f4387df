/// <reference lib="deno.worker" />
import { serveWorker, systemClock } from "../kit/mod.ts";
import { marketProgram } from "./market_program.ts";
import type { MarketHostPort } from "./worker_contract.ts";

serveWorker((host: MarketHostPort) => marketProgram(host, systemClock));
