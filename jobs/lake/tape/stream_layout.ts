import { z } from "zod";
import type {
  Column,
  ColumnType,
  ColumnValue,
  Layout,
  StreamName,
} from "../../../engine/frames/mod.ts";
import { type AnyRecord, STREAMS, type Streams } from "../../../modules/tape/mod.ts";

/** Version of the streams' layouts: one number for all, raised when the fields of one change. */
const VERSION = 2;

interface FieldSchema {
  readonly type?: string | readonly string[];
  readonly anyOf?: readonly FieldSchema[];
  readonly description?: string;
}

/** JSON types that a field may have, `null` among them. */
function typesOf(field: FieldSchema): readonly string[] {
  if (field.anyOf !== undefined) return field.anyOf.flatMap(typesOf);
  return typeof field.type === "string" ? [field.type] : field.type ?? [];
}

function typeOf(field: FieldSchema): ColumnType {
  const [type, ...others] = typesOf(field).filter((each) => each !== "null");
  if (others.length > 0) return "json";
  switch (type) {
    case "integer":
      return "i53";
    case "number":
      return "f64";
    case "boolean":
      return "bool";
    case "string":
      return "utf8";
    default:
      return "json";
  }
}

function columnOf(name: string, schema: z.ZodType): Column {
  const field = z.toJSONSchema(schema, { io: "input" }) as FieldSchema;
  const nullable = typesOf(field).includes("null") || schema instanceof z.ZodExactOptional;
  const described = { name, type: typeOf(field), unit: "", meaning: field.description ?? "" };
  return nullable ? { ...described, nullable } : described;
}

/** A stream's files in the lake, from the schema of its rows: nested values are JSON text. */
export function streamLayout(stream: StreamName, streams: Streams = STREAMS): Layout {
  return {
    name: `tape.${stream}`,
    version: VERSION,
    header: [],
    columns: Object.entries(streams.of(stream).record.shape).map(([name, schema]) =>
      columnOf(name, schema as z.ZodType)
    ),
    rows: "many",
  };
}

/** A row as its columns take it. */
export function cellsOf(
  columns: readonly Column[],
  row: AnyRecord,
): Record<string, ColumnValue | null> {
  const given = new Map<string, unknown>(Object.entries(row));
  const cells: Record<string, ColumnValue | null> = {};
  for (const { name, type } of columns) cells[name] = cellOf(type, given.get(name) ?? null);
  return cells;
}

function cellOf(type: ColumnType, value: unknown): ColumnValue | null {
  if (value === null) return null;
  if (type === "json") return JSON.stringify(value);
  switch (typeof value) {
    case "number":
      return type === "i53" ? Math.round(value) : value;
    case "boolean":
    case "string":
      return value;
    default:
      throw new TypeError(`Cannot keep a ${typeof value} in a column of type ${type}`);
  }
}
