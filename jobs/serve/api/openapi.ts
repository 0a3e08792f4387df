import { z } from "zod";
import { type Endpoint, ErrorBody } from "../../kit/http/mod.ts";

/** What the document takes from an endpoint. */
type Described = Omit<Endpoint<never>, "run" | "isOffered">;

/** A value that JSON can hold. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject;
/** An object that JSON can hold. */
export interface JsonObject {
  readonly [key: string]: Json;
}

/** What the parts of a document are gathered in. */
interface Components {
  readonly schemas: Record<string, Json>;
}

const STATUS_TEXT: Readonly<Record<number, string>> = {
  101: "The socket is open",
  200: "Done",
  201: "Made",
  204: "Done, nothing to say",
  303: "See the page named in location",
  400: "A parameter or the body breaks its rule; detail names it",
  401: "The token or session is missing or wrong",
  403: "The page may not ask",
  404: "Nothing is stored under the id, or the path is unknown",
  408: "The body took too long to arrive",
  409: "It cannot be done in the present state",
  412: "Somebody else wrote in between",
  413: "The body is too large",
  415: "The body is no JSON",
  422: "A field of the body breaks its rule",
  429: "Too many requests; retry-after says when to come again",
  500: "The server met an error of its own",
  502: "The server behind gave no usable answer",
  503: "It does not answer now; come again",
  504: "The server behind did not answer in time",
  507: "The disk is almost full",
};

const NOISE: ReadonlySet<string> = new Set(["$schema", "readOnly", "id"]);

/** `$defs` of a schema go to the document's components, and references follow them. */
function gathered(value: Json, components: Components): Json {
  if (Array.isArray(value)) return value.map((item: Json) => gathered(item, components));
  if (typeof value !== "object" || value === null) return value;
  const result: Record<string, Json> = {};
  for (const [key, item] of Object.entries(value as JsonObject)) {
    // Words about the schema itself; a field of the same name has an object as its value.
    if (NOISE.has(key) && typeof item !== "object") continue;
    if (key === "$defs") {
      for (const [name, schema] of Object.entries(item as JsonObject)) {
        components.schemas[name] ??= gathered(schema, components);
      }
    } else if (key === "$ref" && typeof item === "string") {
      result[key] = item.replace("#/$defs/", "#/components/schemas/");
    } else result[key] = gathered(item, components);
  }
  return result;
}

/** JSON Schema of a zod schema; what has a name of its own becomes a reference. */
function schemaOf(schema: z.ZodType, io: "input" | "output", components: Components): Json {
  return gathered(z.toJSONSchema(schema, { io }) as JsonObject, components);
}

function parametersOf({ path, query }: Described, components: Components): Json[] {
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map((match): Json => ({
    name: match[1] ?? "",
    in: "path",
    required: true,
    schema: { type: "string", minLength: 1, maxLength: 512, pattern: "^[A-Za-z0-9._:|+-]+$" },
  }));
  const inQuery = Object.entries(query?.shape ?? {}).map(([name, value]): Json => {
    const field = value as z.ZodType;
    const schema = schemaOf(field, "output", components) as JsonObject;
    const { description = "", ...rest } = schema;
    const list = rest["type"] === "array" ? { style: "form", explode: false } : {};
    const required = !field.safeParse(undefined).success;
    return { name, in: "query", required, description, schema: rest, ...list };
  });
  return [...inPath, ...inQuery];
}

function successOf(operation: Described, components: Components): JsonObject {
  const { response, media, example, success } = operation;
  const description = STATUS_TEXT[success] ?? "Done";
  if (response !== null) {
    const schema = schemaOf(response, "input", components);
    const shown = example === undefined ? {} : { example: example as Json };
    return { description, content: { "application/json": { schema, ...shown } } };
  }
  return media === "" || media === null || success === 204
    ? { description }
    : { description, content: { [media]: {} } };
}

function operationJson(operation: Described, components: Components): JsonObject {
  const responses: Record<string, Json> = {
    [String(operation.success)]: successOf(operation, components),
  };
  for (const status of operation.statuses) {
    const content = { "application/json": { schema: { $ref: "#/components/schemas/Error" } } };
    responses[String(status)] = { description: STATUS_TEXT[status] ?? "It failed", content };
  }
  const { body } = operation;
  const id = `${operation.method} ${operation.path}`.toLowerCase().replaceAll(/[^a-z0-9]+/g, "_");
  return {
    operationId: id.replace(/_$/, ""),
    tags: [operation.tag],
    summary: operation.summary,
    ...(operation.description !== "" && { description: operation.description }),
    parameters: parametersOf(operation, components),
    ...(body !== null && {
      requestBody: {
        required: true,
        content: { "application/json": { schema: schemaOf(body, "input", components) } },
      },
    }),
    responses,
    ...(operation.access === "token" && { security: [{ adminToken: [] }] }),
  };
}

/**
 * The OpenAPI 3.1 document of some endpoints. Parameters, bodies and answers come from the schemas that
 * requests are parsed with, so the document cannot say anything else than the server does.
 */
export function openApiDocument(operations: readonly Described[]): JsonObject {
  const components: Components = { schemas: {} };
  schemaOf(ErrorBody, "output", components);
  const paths: Record<string, Record<string, Json>> = {};
  for (const operation of operations) {
    const path = paths[operation.path] ??= {};
    path[operation.method.toLowerCase()] = operationJson(operation, components);
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Lotus Terminal",
      version: "1",
      description:
        "Options and equities tapes, flow packets, smart-money events and alerts. Times " +
        "are epoch ms, prices USD, option sizes contracts.",
    },
    servers: [{ url: "/" }],
    tags: [...new Set(operations.map(({ tag }) => tag))].map((name) => ({ name })),
    paths,
    components: {
      schemas: components.schemas,
      securitySchemes: { adminToken: { type: "http", scheme: "bearer" } },
    },
  };
}
