import type { Placement } from "../parent.ts";
import { oneTickDown, oneTickUp } from "./half_spread.ts";

/**
 * Price of a print against a quote, whole cents on tick. Inside a spread of an odd number of ticks there is
 * no middle on tick: the print takes the inner tick on the side `toward`. A one-tick market has no inside
 * at all, so such a print takes the side itself.
 *
 * @param toward +1: a mid print leans to the ask, −1: to the bid. @param penny In cents at any price.
 */
export function printCents(
  placement: Placement,
  bid: number,
  ask: number,
  toward: 1 | -1,
  penny: boolean,
): number {
  switch (placement) {
    case "AA":
      return oneTickUp(ask, penny);
    case "A":
      return ask;
    case "MID":
      return middle(bid, ask, toward, penny);
    case "B":
      return bid;
    case "BB":
      return oneTickDown(bid, penny);
  }
}

function middle(bid: number, ask: number, toward: 1 | -1, penny: boolean): number {
  if (ask <= bid) return bid;
  const mid = (bid + ask) / 2;
  const tick = penny || mid < 300 ? 1 : 5;
  const below = Math.floor(mid / tick) * tick;
  if (below === mid) return mid;
  const above = below + tick;
  const wanted = toward === 1 ? above : below;
  const other = toward === 1 ? below : above;
  if (wanted > bid && wanted < ask) return wanted;
  if (other > bid && other < ask) return other;
  return toward === 1 ? ask : bid;
}
