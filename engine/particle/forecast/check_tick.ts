import { LabError } from "../error.ts";
import type { NodalFields } from "../fields/mod.ts";

/** What a loop takes at a tick. */
export interface TickInput {
  readonly tick: number;
  /** Ticks of price. */
  readonly spot: number;
  /** Normalised order flow, -1..1. */
  readonly ofi: number;
  readonly fields: NodalFields;
}

/**
 * Refuses a tick that must count as missing.
 *
 * @param lastTick The tick before.
 * @param nodes Nodes of the grid.
 * @throws {LabError} Naming what is wrong.
 */
export function checkTick(
  { tick, spot, ofi, fields }: TickInput,
  lastTick: number,
  nodes: number,
): void {
  const demand = (isMet: boolean, field: string, rule: string) => {
    if (!isMet) throw new LabError("data", field, rule);
  };
  const isNext = Number.isSafeInteger(tick) && tick > lastTick;
  demand(isNext, "tick", `must be a whole number above ${lastTick}: it is ${tick}`);
  demand(spot > 0 && spot < Infinity, "spot", `must be finite and > 0: it is ${spot}`);
  demand(Number.isFinite(ofi), "ofi", `must be finite: it is ${ofi}`);
  for (const name of ["U", "C", "G", "O"] as const) {
    const { length } = fields[name];
    demand(length === nodes, name, `must have ${nodes} nodes: it has ${length}`);
    demand(isFinite(fields[name]), name, "must be finite at every node");
  }
}

function isFinite(values: Float64Array): boolean {
  let zero = 0;
  for (let i = 0; i < values.length; i++) zero += 0 * values[i]!; // NaN by one that is not finite
  return zero === 0;
}
