import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { join, relative } from "node:path";
import { ROOT } from "../../house/sources.ts";
import type { Json } from "../api/mod.ts";
import { apiDocument, apiDocumentation, ENDPOINTS } from "./document.ts";

function at(document: Json, path: string): Json | undefined {
  let value: Json | undefined = document;
  for (const part of path.replace("#/", "").split("/")) {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
    value = Reflect.get(value, part) as Json | undefined;
  }
  return value;
}

/** Every `$ref` below a value. */
function references(value: Json): string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, item]: [string, Json]) =>
    key === "$ref" && typeof item === "string" ? [item] : references(item)
  );
}

/** Route files that answer requests of programs, as paths with placeholders. */
function routePaths(folder = join(ROOT, "routes")): string[] {
  return [...Deno.readDirSync(folder)].flatMap(({ name, isDirectory }) => {
    const path = join(folder, name);
    if (isDirectory) return routePaths(path);
    if (!name.endsWith(".ts") || name.startsWith("_") || name.endsWith("_test.ts")) return [];
    const from = relative(join(ROOT, "routes"), path).replaceAll("\\", "/");
    const clean = from.replace(/\.ts$/, "").replace(/(^|\/)index$/, "").replace(/\([^/]*\)\//g, "");
    return [`/${clean}`];
  });
}

function covers(route: string, path: string): boolean {
  const pattern = route.replaceAll(/[.+?^$|]/g, "\\$&").replaceAll(/\[\w+\]/g, "[^/]+");
  return new RegExp(`^${pattern}$`).test(path);
}

Deno.test("the OpenAPI document has an entry for every route of the API", () => {
  const paths = ENDPOINTS.map(({ path }) => path);
  const missing = routePaths().filter((route) => !paths.some((path) => covers(route, path)));
  deepStrictEqual(missing, []);
});

Deno.test("every endpoint has a route that serves it", () => {
  const routes = routePaths();
  const lost = ENDPOINTS.map(({ path }) => path)
    .filter((path) => path !== "/login" && !routes.some((route) => covers(route, path)));
  deepStrictEqual(lost, []);
});

Deno.test("the OpenAPI document is whole: references, ids, placeholders", () => {
  const document = apiDocument();
  strictEqual(document["openapi"], "3.1.0");
  const refs = references(document);
  ok(refs.length > 100);
  for (const ref of new Set(refs)) ok(at(document, ref) !== undefined, ref);
  const { operations, schemas } = apiDocumentation("http://127.0.0.1:8123");
  strictEqual(operations.length, ENDPOINTS.length);
  strictEqual(new Set(operations.map(({ anchor }) => anchor)).size, operations.length);
  for (const { path, parameters, errors, method } of operations) {
    const names = new Set(parameters.map(({ name }) => name));
    for (const [, name = ""] of path.matchAll(/\{(\w+)\}/g)) ok(names.has(name), path);
    for (const { status, text } of errors) ok(text !== "It failed", `${method} ${path} ${status}`);
  }
  ok(schemas.some(({ name, fields }) => name === "SmartMoneyEvent" && fields.length === 17));
});

Deno.test("every example is what its schema accepts", () => {
  for (const { path, response, example } of ENDPOINTS) {
    if (response === null || example === undefined) continue;
    const parsed = response.safeParse(example);
    ok(parsed.success, `${path}: ${parsed.error?.message}`);
    deepStrictEqual(parsed.data, example, `${path} shows fields that the schema does not have`);
  }
});

Deno.test("the documentation tells types, defaults and what must be given", () => {
  const history = apiDocumentation("http://127.0.0.1:8123").operations.find(({ path }) =>
    path === "/history/smart-money"
  );
  const field = (name: string) => history?.parameters.find((each) => each.name === name);
  deepStrictEqual(field("limit"), {
    name: "limit",
    type: "integer 1 to 1000",
    required: false,
    note: "Most rows to return. Default 200.",
  });
  strictEqual(field("before_seq")?.required, true);
  strictEqual(field("include_abstained")?.type, "boolean");
  strictEqual(
    history?.answer,
    "{ data: list of SmartMoneyEvent, next_before: Cursor or null, " +
      "gaps: list of { from_ts: integer, to_ts: integer } }",
  );
  strictEqual(
    history?.curl,
    'curl -s "http://127.0.0.1:8123/history/smart-money?before_ts=1768401012345&before_seq=48213&limit=5"',
  );
});
