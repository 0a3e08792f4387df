import type { OrderTableState } from "../../book/mod.ts";
import { StateHash } from "../../pressure/mod.ts";

/**
 * Hash over every number of a copy of a state, in the order of its fields, doubles to a grid of 1e-6. Orders
 * count by their ids, as a table keeps them in an order that its past decides.
 */
export function digestOf(state: unknown): string {
  const hash = new StateHash();
  add(hash, state);
  return hash.digest();
}

function add(hash: StateHash, value: unknown): void {
  if (typeof value === "number") hash.rounded(Number.isFinite(value) ? value : -1);
  else if (typeof value === "boolean") hash.integer(value ? 1 : 0);
  else if (ArrayBuffer.isView(value)) {
    for (const each of value as unknown as Float64Array) add(hash, each);
  } else if (typeof value === "object" && value !== null) {
    if ("idLow" in value) addOrders(hash, value as OrderTableState);
    else for (const each of Object.values(value)) add(hash, each);
  }
}

function addOrders(hash: StateHash, orders: OrderTableState): void {
  const { idLow, idHigh } = orders;
  const byId = Array.from(idLow.keys()).sort((a, b) =>
    idHigh[a]! - idHigh[b]! || idLow[a]! - idLow[b]!
  );
  for (const column of Object.values(orders) as (Float64Array | undefined)[]) {
    if (column !== undefined) { for (const order of byId) add(hash, column[order]); }
  }
}
