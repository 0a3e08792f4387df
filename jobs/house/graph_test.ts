import { deepStrictEqual } from "node:assert/strict";
import { circles, fileGraph, parentFolders, roomGraph } from "./graph.ts";

function graph(edges: Readonly<Record<string, readonly string[]>>) {
  return new Map(Object.entries(edges).map(([node, needs]) => [node, new Set(needs)]));
}

Deno.test("circles() finds each circle once and nothing else", () => {
  const cases: readonly [Readonly<Record<string, readonly string[]>>, readonly string[][]][] = [
    [{ a: ["b"], b: ["c"], c: [] }, []],
    [{ a: ["b"], b: ["a"] }, [["a", "b"]]],
    [{ a: ["b"], b: ["c"], c: ["a", "d"], d: ["e"], e: ["d"] }, [["d", "e"], ["a", "b", "c"]]],
    [{ a: ["b", "c"], b: ["d"], c: ["d"], d: [] }, []],
  ];
  for (const [edges, wanted] of cases) deepStrictEqual(circles(graph(edges)), wanted);
});

Deno.test("roomGraph() takes a room with all that lies in it and leaves the parent out", () => {
  const files = fileGraph([
    { path: "jobs/kit/mod.ts", text: "" },
    { path: "jobs/lake/bins/mod.ts", text: 'import { a } from "../../kit/mod.ts";' },
    { path: "jobs/lake/lake.ts", text: 'import { a } from "./bins/mod.ts";' },
  ]);
  deepStrictEqual(roomGraph(files, "jobs"), graph({ kit: [], lake: ["kit"] }));
  deepStrictEqual(roomGraph(files, "jobs/lake"), graph({ bins: [] }));
  deepStrictEqual(parentFolders(files), ["", "jobs", "jobs/lake"]);
});
