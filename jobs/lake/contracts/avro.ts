import { createHash } from "node:crypto";
import { COLUMN_TYPES, type Layout } from "../../../engine/frames/contract.ts";

const TYPES: Readonly<Record<string, string>> = {
  i8: "int",
  i32: "int",
  i64: "long",
  f64: "double",
  bool: "boolean",
  utf8: "string",
  json: "string",
};

/** The contract of a table as the text of an Avro schema: names, order, types, and what may be null. */
export function avroContract({ name, columns }: Layout): string {
  const dot = name.lastIndexOf(".");
  const fields = columns.map(({ name, type, nullable }) => {
    const avro = TYPES[COLUMN_TYPES[type].stored]!;
    return { name, type: nullable ? ["null", avro] : avro };
  });
  const record = {
    namespace: name.slice(0, dot),
    type: "record",
    name: name.slice(dot + 1),
    fields,
  };
  return `${JSON.stringify(record, null, 2)}\n`;
}

/** Hex digits of the SHA-256 of a contract's text. */
export function contractSha256(layout: Layout): string {
  return createHash("sha256").update(avroContract(layout)).digest("hex");
}
