import { strictEqual } from "node:assert/strict";
import { csvText } from "./csv.ts";
import { FrameBuilder } from "./frame_builder.ts";
import type { Layout } from "./layout.ts";

const LAYOUT: Layout = {
  name: "toy.csv",
  version: 1,
  header: [],
  columns: [
    { name: "what, then", type: "utf8", unit: "", meaning: "Text" },
    { name: "ns", type: "i64", unit: "ns", meaning: "64 bits" },
    { name: "x", type: "f64", unit: "", meaning: "Number", nullable: true },
    { name: "on", type: "bool", unit: "", meaning: "Flag" },
  ],
  rows: "many",
};

Deno.test("csvText() quotes what needs it, keeps 64 bits and leaves an empty cell for none", () => {
  const builder = new FrameBuilder(LAYOUT, 2);
  builder.add({ "what, then": 'a "quoted", one', ns: 2n ** 63n - 1n, x: null, on: true });
  builder.add({ "what, then": "two\nlines", ns: -1n, x: 1e-9, on: false });
  strictEqual(
    csvText(LAYOUT.columns, builder.take()),
    '"what, then",ns,x,on\n"a ""quoted"", one",9223372036854775807,,true\n' +
      '"two\nlines",-1,1e-9,false\n',
  );
});
