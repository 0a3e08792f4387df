import { deepStrictEqual, ok, strictEqual, throws } from "node:assert/strict";
import fc from "fast-check";
import {
  addPane,
  closePane,
  freeKey,
  type LayoutNode,
  MIN_SHARE,
  movePane,
  pane,
  panesOf,
  resize,
  split,
  swapPanes,
  updatePane,
} from "./layout.ts";
import { layoutFromUrl, LayoutLinkError, layoutToUrl, readLayout } from "./layout_codec.ts";
import { LAYOUT_PRESETS } from "./presets.ts";

const KNOWN = new Set(["a", "b", "c", "rail", "options", "packets", "equities", "smart"]
  .concat(["alerts", "dark", "heatmap", "chart", "chain"]));
const keysOf = (node: LayoutNode | null) => node === null ? [] : panesOf(node).map((p) => p.key);

const two = split("row", [50, 50], [pane("a"), pane("b")]);

Deno.test("panes are added beside each other in the same direction, else in a new split", () => {
  const three = addPane(two, "b", "row", pane("c"));
  deepStrictEqual(keysOf(three), ["a", "b", "c"]);
  ok(three.kind === "split" && three.sizes.join() === "50,25,25");
  const below = addPane(two, "b", "col", pane("c"));
  ok(below.kind === "split" && below.children[1]?.kind === "split");
  deepStrictEqual(keysOf(below), ["a", "b", "c"]);
  strictEqual(freeKey(below, "a"), "a-2");
});

Deno.test("closing a pane leaves no split with one child, and the last pane stays null", () => {
  deepStrictEqual(closePane(two, "a"), pane("b"));
  strictEqual(closePane(pane("a"), "a"), null);
  deepStrictEqual(keysOf(closePane(two, "x")), ["a", "b"]);
});

Deno.test("swapping and updating panes keeps all others", () => {
  deepStrictEqual(keysOf(swapPanes(two, "a", "b")), ["b", "a"]);
  deepStrictEqual(keysOf(swapPanes(two, "a", "x")), ["a", "b"]);
  deepStrictEqual(panesOf(updatePane(two, "b", { group: "blue" }))[1]?.group, "blue");
});

Deno.test("movePane() puts a pane on each side of another one, and loses none", () => {
  const three = split("row", [40, 30, 30], [pane("a"), pane("b"), pane("c")]);
  deepStrictEqual(keysOf(movePane(three, "a", "c", "right")), ["b", "c", "a"]);
  deepStrictEqual(keysOf(movePane(three, "c", "a", "left")), ["c", "a", "b"]);
  const above = movePane(three, "c", "b", "top");
  deepStrictEqual(keysOf(above), ["a", "c", "b"]);
  ok(above.kind === "split" && above.children[1]?.kind === "split");
  strictEqual(above.children[1].dir, "col");
  const below = movePane(two, "a", "b", "bottom");
  deepStrictEqual(below, split("col", [50, 50], [pane("b"), pane("a")]));
  for (const [key, beside] of [["a", "a"], ["a", "x"], ["x", "a"]] as const) {
    strictEqual(movePane(three, key, beside, "left"), three);
  }
});

Deno.test("a border moves within its bounds and leaves the other sizes alone", () => {
  const delta = fc.double({ min: -300, max: 300, noNaN: true });
  fc.assert(fc.property(delta, fc.integer({ min: 0, max: 1 }), (by, index) => {
    const node = split("row", [40, 30, 30], [pane("a"), pane("b"), pane("c")]);
    const moved = resize(node, [], index, by);
    ok(moved.kind === "split");
    const sum = moved.sizes.reduce((total, size) => total + size, 0);
    ok(Math.abs(sum - 100) < 1e-9);
    for (const size of moved.sizes) ok(size >= MIN_SHARE - 1e-9);
    strictEqual(moved.sizes[index === 0 ? 2 : 0], node.sizes[index === 0 ? 2 : 0]);
  }));
});

Deno.test("layouts survive a link, the presets among them", () => {
  for (const { layout } of LAYOUT_PRESETS) {
    deepStrictEqual(layoutFromUrl(layoutToUrl(layout), KNOWN), layout);
  }
});

Deno.test("what is no layout is refused with a LayoutLinkError, whatever it is", () => {
  const bad: unknown[] = [
    null,
    7,
    { kind: "pane", key: "a", pane: "gone", settings: "" },
    { kind: "pane", key: "A!", pane: "a", settings: "" },
    { kind: "split", dir: "row", sizes: [100], children: [pane("a")] },
    { kind: "split", dir: "up", sizes: [50, 50], children: [pane("a"), pane("b")] },
    { kind: "split", dir: "row", sizes: [0, 100], children: [pane("a"), pane("b")] },
    { kind: "split", dir: "row", sizes: [50, 50], children: [pane("a"), pane("a")] },
  ];
  for (const value of bad) throws(() => readLayout(value, KNOWN), LayoutLinkError);
  fc.assert(fc.property(fc.jsonValue(), (value) => {
    try {
      readLayout(value, KNOWN);
    } catch (error) {
      ok(error instanceof LayoutLinkError);
    }
  }));
  throws(() => layoutFromUrl("%%%", KNOWN), LayoutLinkError);
});
