import { fieldProducer } from "./producer.ts";

/** Drag of the bare medium, 1/s. */
const DRAG = 0.6;

/** A drag that is always there: G = 0.6. */
export const VISC = fieldProducer<Readonly<Record<string, never>>>({
  id: "p-visc",
  version: 1,
  target: "G",
  inputs: [],
  argsOf: () => ({}),
  write: (_args, _grid, out) => void out.fill(DRAG),
});
