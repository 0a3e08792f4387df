import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { type Box, dropZone, neighbour, zoneBox } from "./drop_zone.ts";

const box: Box = { left: 100, top: 50, width: 400, height: 200 };

Deno.test("dropZone() swaps in the middle and splits near the nearest side", () => {
  strictEqual(dropZone(box, 300, 150), "swap");
  strictEqual(dropZone(box, 110, 150), "left");
  strictEqual(dropZone(box, 490, 150), "right");
  strictEqual(dropZone(box, 300, 60), "top");
  strictEqual(dropZone(box, 300, 245), "bottom");
  strictEqual(dropZone(box, 120, 60), "left"); // 5 % from both: the first of the two
});

Deno.test("zoneBox() is the half that a drop takes, all of it for a swap", () => {
  deepStrictEqual(zoneBox(box, "swap"), box);
  deepStrictEqual(zoneBox(box, "right"), { ...box, left: 300, width: 200 });
  deepStrictEqual(zoneBox(box, "bottom"), { ...box, top: 150, height: 100 });
});

Deno.test("neighbour() is the pane across a side, the one with the longer border first", () => {
  const at = (left: number, top: number, width: number, height: number): Box => ({
    left,
    top,
    width,
    height,
  });
  const boxes = new Map([
    ["rail", at(0, 0, 100, 300)],
    ["tape", at(104, 0, 196, 200)],
    ["chart", at(104, 204, 96, 96)],
    ["heat", at(204, 204, 96, 96)],
  ]);
  strictEqual(neighbour(boxes, "rail", "right"), "tape");
  strictEqual(neighbour(boxes, "rail", "left"), null);
  strictEqual(neighbour(boxes, "heat", "left"), "chart");
  strictEqual(neighbour(boxes, "heat", "top"), "tape");
  strictEqual(neighbour(boxes, "gone", "top"), null);
});
