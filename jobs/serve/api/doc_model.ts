import type { Json, JsonObject } from "./openapi.ts";

/** One parameter or field, as people read it. */
export interface DocField {
  readonly name: string;
  readonly type: string;
  readonly required: boolean;
  readonly note: string;
}

/** One operation, as people read it. */
export interface DocOperation {
  readonly anchor: string;
  readonly method: string;
  readonly path: string;
  readonly tag: string;
  readonly summary: string;
  readonly description: string;
  readonly parameters: readonly DocField[];
  readonly body: string;
  readonly answer: string;
  readonly example: string;
  readonly curl: string;
  readonly errors: readonly { readonly status: string; readonly text: string }[];
}

/** The documentation: operations in order, and the records that they speak of. */
export interface DocModel {
  readonly operations: readonly DocOperation[];
  readonly schemas: readonly { readonly name: string; readonly fields: readonly DocField[] }[];
}

function object(value: Json | undefined): JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? value as JsonObject
    : {};
}

function list(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value as readonly Json[] : [];
}

function text(value: Json | undefined): string {
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}

/** Name of a schema at the end of a reference. */
function refName(schema: JsonObject): string {
  return text(schema["$ref"]).split("/").at(-1) ?? "";
}

function range(schema: JsonObject): string {
  const { minimum, maximum } = schema;
  const most = maximum === Number.MAX_SAFE_INTEGER ? undefined : maximum;
  if (minimum !== undefined && most !== undefined) return ` ${text(minimum)} to ${text(most)}`;
  return minimum !== undefined && minimum !== 0 ? ` from ${text(minimum)}` : "";
}

/** A schema in a few words: `integer 1 to 1000`, `list of OptionPrint`, `high | low`. */
function typeText(schema: JsonObject): string {
  if ("$ref" in schema) return refName(schema);
  if ("const" in schema) return JSON.stringify(schema["const"]);
  if ("enum" in schema) return list(schema["enum"]).map(text).join(" | ");
  const either = [...list(schema["anyOf"]), ...list(schema["oneOf"])];
  if (either.length > 0) return either.map((item) => typeText(object(item))).join(" or ");
  const { type } = schema;
  if (type === "array") return `list of ${typeText(object(schema["items"]))}`;
  if (Array.isArray(type)) return list(type).map(text).join(" or ");
  if (type === "object") {
    const fields = object(schema["properties"]);
    const names = Object.entries(fields).map(([name, field]) =>
      `${name}: ${typeText(object(field))}`
    );
    if (names.length > 0) return `{ ${names.join(", ")} }`;
    const values = object(schema["additionalProperties"]);
    return Object.keys(values).length > 0 ? `map of ${typeText(values)}` : "object";
  }
  return `${text(type) || "any"}${range(schema)}`;
}

function fieldOf(name: string, schema: JsonObject, required: boolean, note: string): DocField {
  const fallback = schema["default"];
  const standard = fallback === undefined ? "" : `Default ${JSON.stringify(fallback)}.`;
  const full = note === "" || note.endsWith(".") ? note : `${note}.`;
  return { name, type: typeText(schema), required, note: `${full} ${standard}`.trim() };
}

/** Fields of an object's schema. */
function fieldsOf(schema: JsonObject): DocField[] {
  const required = new Set(list(schema["required"]).map(text));
  return Object.entries(object(schema["properties"])).map(([name, value]) => {
    const field = object(value);
    return fieldOf(name, field, required.has(name), text(field["description"]));
  });
}

function contentSchema(message: JsonObject): JsonObject {
  return object(object(object(message["content"])["application/json"])["schema"]);
}

/** A value for a parameter that must be given. */
function sampleValue(name: string): string {
  if (name.endsWith("_ts")) return "1768401012345";
  if (name.endsWith("_seq")) return "48213";
  if (name === "underlying_id") return "NVDA";
  return name === "trace_id" ? "syn-op-202601140-1hc" : "equityjoin:syn-ep-202601140-1hc";
}

const SAMPLE_PACKET = "flowpacket:NVDA-2026-01-30-142.5-C:1768401012345:1768401012921";

function curlOf(
  origin: string,
  method: string,
  path: string,
  parameters: readonly JsonObject[],
  body: boolean,
): string {
  const target = path.replace("{id}", SAMPLE_PACKET);
  const query = parameters.filter((p) => p["in"] === "query" && p["required"] === true)
    .map((p) => `${text(p["name"])}=${sampleValue(text(p["name"]))}`);
  const hasLimit = parameters.some((p) => p["name"] === "limit");
  const search = [...query, ...hasLimit ? ["limit=5"] : []].join("&");
  const url = `"${origin}${target}${search === "" ? "" : `?${search}`}"`;
  const verb = method === "GET" ? "" : ` -X ${method}`;
  const data = body ? ` -H "content-type: application/json" -d @body.json` : "";
  return `curl -s${verb}${data} ${url}`;
}

function operationDoc(
  origin: string,
  path: string,
  method: string,
  value: JsonObject,
): DocOperation {
  const parameters = list(value["parameters"]).map(object);
  const responses = object(value["responses"]);
  const [success = "200"] = Object.keys(responses).filter((status) => Number(status) < 400);
  const answer = object(responses[success]);
  const content = object(object(answer["content"])["application/json"]);
  const bodySchema = contentSchema(object(value["requestBody"]));
  const hasBody = Object.keys(bodySchema).length > 0;
  const schema = contentSchema(answer);
  const other = Object.keys(object(answer["content"])).join(", ");
  const upper = method.toUpperCase();
  return {
    anchor: text(value["operationId"]),
    method: success === "101" ? "WS" : upper,
    path,
    tag: text(list(value["tags"])[0]),
    summary: text(value["summary"]),
    description: text(value["description"]),
    parameters: parameters.map((parameter) =>
      fieldOf(
        text(parameter["name"]),
        object(parameter["schema"]),
        parameter["required"] === true,
        text(parameter["description"]),
      )
    ),
    body: hasBody ? typeText(bodySchema) : "",
    answer: Object.keys(schema).length > 0 ? typeText(schema) : other,
    example: "example" in content ? JSON.stringify(content["example"], null, 2) : "",
    curl: success === "101" ? "" : curlOf(origin, upper, path, parameters, hasBody),
    errors: Object.entries(responses).filter(([status]) => Number(status) >= 400)
      .map(([status, message]) => ({ status, text: text(object(message)["description"]) })),
  };
}

/**
 * What the documentation page shows of an OpenAPI document.
 *
 * @param origin Address of the server that its commands ask.
 */
export function docModel(document: JsonObject, origin: string): DocModel {
  const operations = Object.entries(object(document["paths"])).flatMap(([path, methods]) =>
    Object.entries(object(methods)).map(([method, value]) =>
      operationDoc(origin, path, method, object(value))
    )
  );
  const schemas = Object.entries(object(object(document["components"])["schemas"]))
    .map(([name, schema]) => ({ name, fields: fieldsOf(object(schema)) }))
    .sort((a, b) => a.name < b.name ? -1 : 1);
  return { operations, schemas };
}
