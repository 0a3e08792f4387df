import { diffusionOf } from "../cloud/mod.ts";
import type { DiffusionProducer, Running } from "./producer.ts";

/** Prices that have moved of late diffuse: D of the variance of their moves, ticks^2 per tick of the lab. */
export const VOL: DiffusionProducer<{ readonly variance: number }> & Running = {
  id: "p-vol",
  version: 1,
  target: "D",
  inputs: [],
  diffusion: ({ variance }, { dt }) => diffusionOf(variance, dt),
};
