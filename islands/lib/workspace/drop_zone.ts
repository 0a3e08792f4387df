import type { PaneSide } from "./layout.ts";

/** A place on the screen, px. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** What letting go of a pane over another one does: swap the two, or stand on a side of it. */
export type DropZone = "swap" | PaneSide;

/** A pane that is dragged, the one under it, and what letting go would do there. */
export interface PaneDrag {
  readonly key: string;
  readonly over: { readonly key: string; readonly zone: DropZone; readonly mark: Box } | null;
}

/** Share of a pane's width or height along each of its sides that splits it. */
const SIDE_SHARE = 0.25;

/** What letting go at a point of a pane does: near a side it splits, in the middle it swaps. */
export function dropZone({ left, top, width, height }: Box, x: number, y: number): DropZone {
  const across = (x - left) / width;
  const down = (y - top) / height;
  const sides: readonly (readonly [PaneSide, number])[] = [
    ["left", across],
    ["right", 1 - across],
    ["top", down],
    ["bottom", 1 - down],
  ];
  let nearest: DropZone = "swap";
  let least = SIDE_SHARE;
  for (const [side, share] of sides) {
    if (share < least) [nearest, least] = [side, share];
  }
  return nearest;
}

/** The part of a pane that a drop would take. */
export function zoneBox({ left, top, width, height }: Box, zone: DropZone): Box {
  const isAcross = zone === "left" || zone === "right";
  const isDown = zone === "top" || zone === "bottom";
  return {
    left: zone === "right" ? left + width / 2 : left,
    top: zone === "bottom" ? top + height / 2 : top,
    width: isAcross ? width / 2 : width,
    height: isDown ? height / 2 : height,
  };
}

/** Key of the pane next to another one on a side of it; null when there is none. */
export function neighbour(
  boxes: ReadonlyMap<string, Box>,
  key: string,
  side: PaneSide,
): string | null {
  const own = boxes.get(key);
  if (own === undefined) return null;
  let best: string | null = null;
  let least = Infinity;
  for (const [other, box] of boxes) {
    const { gap, shared } = facing(own, box, side);
    if (other === key || gap < -1 || shared <= 0) continue;
    // Of panes as near as each other the one with the longer common border is meant.
    const cost = gap - shared / 1e4;
    if (cost < least) [best, least] = [other, cost];
  }
  return best;
}

/** How far a pane lies beyond a side of another one, and how much of that side they share, px. */
function facing(own: Box, other: Box, side: PaneSide): { gap: number; shared: number } {
  const isAcross = side === "left" || side === "right";
  const [near, far] = side === "right" || side === "bottom" ? [own, other] : [other, own];
  const gap = isAcross ? far.left - near.left - near.width : far.top - near.top - near.height;
  const shared = isAcross
    ? overlap(own.top, own.height, other.top, other.height)
    : overlap(own.left, own.width, other.left, other.width);
  return { gap, shared };
}

function overlap(from: number, length: number, otherFrom: number, otherLength: number): number {
  return Math.min(from + length, otherFrom + otherLength) - Math.max(from, otherFrom);
}
