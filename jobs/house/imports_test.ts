import { deepStrictEqual, ok } from "node:assert/strict";
import { dirname } from "node:path";
import { floorComplaints, FLOORS } from "./floors.ts";
import { circles, fileGraph, parentFolders, roomGraph } from "./graph.ts";
import { isTest, type Source, sources, specifiers, target } from "./sources.ts";

/** Which areas an area may import besides itself. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  engine: [],
  modules: ["engine"],
  jobs: ["engine", "modules", "config"],
  // The island bundle is made by Fresh's builder, ahead of a start or at it.
  "jobs/build": ["fresh"],
  // What a picture's geometry must come to is golden too.
  "jobs/testing/vectors": ["engine", "modules", "islands"],
  islands: ["engine", "modules", "fresh"],
  routes: ["engine", "modules", "jobs", "islands", "fresh", "config"],
  main: ["engine", "modules", "jobs", "islands", "routes", "fresh", "config"],
  fresh: [],
  config: [],
};

/** Folders whose rooms are entered from outside through their public face only. */
const ROOMS = /^(engine|modules|jobs|islands\/lib)\/[^/]+\//;

function areaOf(path: string): string {
  for (const area of ["jobs/build", "jobs/testing/vectors"]) {
    if (path.startsWith(`${area}/`)) return area;
  }
  const head = path.split("/")[0] ?? "";
  return head.replace(/\.tsx?$/, "");
}

/** Complaints about one import; empty when it keeps the rules. */
function complaintsOf(file: Source, path: string): readonly string[] {
  const area = areaOf(file.path);
  const other = areaOf(path).split("/")[0] ?? "";
  const found: string[] = [];
  const allowed = other === area.split("/")[0] || (MAY_IMPORT[area] ?? []).includes(other) ||
    (isTest(file.path) && path.startsWith("jobs/testing/"));
  if (!allowed) found.push(`${file.path} imports ${path}`);
  if (area === "islands" && other === "modules" && !path.endsWith("/contract.ts")) {
    found.push(`${file.path} imports ${path}, which is no contract`);
  }
  const inside = file.path.startsWith(`${dirname(path)}/`);
  const front = /\/(mod|contract|worker)\.tsx?$/.test(path);
  if (!isTest(file.path) && ROOMS.test(path) && !inside && !front) {
    found.push(`${file.path} imports ${path} past its mod.ts`);
  }
  if (area === "modules" && other === "modules") {
    const module = path.split("/")[1];
    if (module !== "kit" && module !== file.path.split("/")[1]) {
      found.push(`${file.path} imports another module: ${path}`);
    }
  }
  return found;
}

/** Complaints about one file; empty when it keeps the rules. */
function complaints(file: Source): readonly string[] {
  return specifiers(file.text).flatMap((specifier) => {
    if (/^(https?:|jsr:)/.test(specifier)) return [`${file.path} imports ${specifier}`];
    const path = target(file.path, specifier);
    return path === null ? [] : complaintsOf(file, path);
  });
}

const GRAPH = fileGraph(sources().filter((file) => !isTest(file.path)));

Deno.test("imports run one way only, and into a room through its mod.ts", () => {
  const files = sources().filter((file) => file.path !== "jobs/house/imports_test.ts");
  deepStrictEqual(files.flatMap(complaints), []);
});

Deno.test("no files import each other in a circle", () => {
  deepStrictEqual(circles(GRAPH), []);
  ok(GRAPH.size > 500, String(GRAPH.size));
});

Deno.test("no rooms of a folder know each other in a circle", () => {
  const found = parentFolders(GRAPH).flatMap((folder) =>
    circles(roomGraph(GRAPH, folder)).map((rooms) => `${folder}: ${rooms.join(", ")}`)
  );
  deepStrictEqual(found, []);
});

Deno.test("every room stands on its floor and knows lower floors only", () => {
  const found = Object.entries(FLOORS).flatMap(([folder, floors]) =>
    floorComplaints(folder, floors, roomGraph(GRAPH, folder))
  );
  deepStrictEqual(found, []);
});

/** Every file that files of a folder need, through whatever they import. */
function needsOf(folder: string): ReadonlySet<string> {
  const seen = new Set([...GRAPH.keys()].filter((path) => path.startsWith(folder)));
  for (const path of seen) for (const need of GRAPH.get(path) ?? []) seen.add(need);
  return seen;
}

Deno.test("the generator of the tape knows nothing of who reads it or measures it", () => {
  const needs = [...needsOf("engine/tape/")];
  ok(needs.length > 100, String(needs.length));
  deepStrictEqual(needs.filter((path) => /^engine\/(flow|realism)\//.test(path)), []);
});

Deno.test("floorComplaints() finds a room on no floor, a neighbour and a higher floor", () => {
  const rooms = new Map([
    ["low", new Set(["high"])],
    ["mid", new Set(["low", "twin"])],
    ["twin", new Set<string>()],
    ["high", new Set(["low"])],
    ["new", new Set(["low"])],
  ]);
  deepStrictEqual(floorComplaints("jobs", [["low"], ["mid", "twin"], ["high"]], rooms), [
    "jobs/low knows jobs/high",
    "jobs/mid knows jobs/twin",
    "jobs/new stands on no floor",
  ]);
});

Deno.test("complaints() finds an import that runs against the rules", () => {
  const wrong: readonly Source[] = [
    { path: "engine/book/a.ts", text: 'import { x } from "../../jobs/kit/mod.ts";' },
    { path: "modules/sig/a.ts", text: 'import { x } from "../dm/contract.ts";' },
    { path: "islands/A.tsx", text: 'import { x } from "../modules/sig/store.ts";' },
    { path: "routes/a.ts", text: 'import { x } from "../engine/book/_table.ts";' },
    { path: "routes/a.ts", text: 'import { x } from "../jobs/lake/bins/bin_table.ts";' },
    { path: "islands/lib/a/a.ts", text: 'import { x } from "../b/b.ts";' },
    { path: "fresh/a.ts", text: 'export { x } from "../engine/book/mod.ts";' },
    { path: "jobs/a/a.ts", text: 'const m = await import("../../routes/index.tsx");' },
    { path: "engine/a/a.ts", text: 'import "https://example.org/x.ts";' },
  ];
  for (const file of wrong) ok(complaints(file).length > 0, file.path);
  const right: readonly Source[] = [
    { path: "modules/sig/a.ts", text: 'import { x } from "../kit/mod.ts";' },
    { path: "jobs/lake/bins/a.ts", text: 'import { x } from "../b.ts";' },
    { path: "jobs/lake/bins/a_test.ts", text: 'import { x } from "../../kit/ring.ts";' },
  ];
  deepStrictEqual(right.flatMap(complaints), []);
});
