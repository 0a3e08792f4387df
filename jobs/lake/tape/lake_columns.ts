import { z } from "zod";
import type { StreamName } from "../../../engine/frames/mod.ts";
import { type AnyRecord, STREAMS, type Streams } from "../../../modules/tape/mod.ts";

/** Parquet type of a column. */
export type LakeType = "INT64" | "DOUBLE" | "BOOLEAN" | "STRING" | "JSON";

/** One column of a stream's files. */
export interface LakeColumn {
  readonly name: string;
  readonly type: LakeType;
  readonly nullable: boolean;
}

interface FieldSchema {
  readonly type?: string | readonly string[];
  readonly anyOf?: readonly FieldSchema[];
}

/** JSON types that a field may have, `null` among them. */
function typesOf(field: FieldSchema): readonly string[] {
  if (field.anyOf !== undefined) return field.anyOf.flatMap(typesOf);
  return typeof field.type === "string" ? [field.type] : field.type ?? [];
}

function typeOf(field: FieldSchema): LakeType {
  const [type, ...others] = typesOf(field).filter((each) => each !== "null");
  if (others.length > 0) return "JSON";
  switch (type) {
    case "integer":
      return "INT64";
    case "number":
      return "DOUBLE";
    case "boolean":
      return "BOOLEAN";
    case "string":
      return "STRING";
    default:
      return "JSON";
  }
}

/** Columns of a stream, from the schema of its rows: nested values are JSON text. */
export function lakeColumns(
  stream: StreamName,
  streams: Streams = STREAMS,
): readonly LakeColumn[] {
  return Object.entries(streams.of(stream).record.shape).map(([name, schema]) => {
    const field = z.toJSONSchema(schema as z.ZodType, { io: "input" }) as FieldSchema;
    const nullable = typesOf(field).includes("null") || schema instanceof z.ZodExactOptional;
    return { name, type: typeOf(field), nullable };
  });
}

/** A row as its columns take it. */
export function lakeRow(columns: readonly LakeColumn[], row: AnyRecord): Record<string, unknown> {
  const given = new Map<string, unknown>(Object.entries(row));
  const cells: Record<string, unknown> = {};
  for (const { name, type } of columns) {
    const value = given.get(name) ?? null;
    cells[name] = type === "INT64" && typeof value === "number" ? BigInt(Math.round(value)) : value;
  }
  return cells;
}
