import { RowWireError, type Wire } from "../../socket/mod.ts";

/** A number of a record, or null. */
export function maybeNumber(wire: Wire, field: string): number | null {
  const value = wire[field];
  return typeof value === "number" && Number.isFinite(value) ? value : null;
}

/** A text of a record, or "". */
export function maybeText(wire: Wire, field: string): string {
  const value = wire[field];
  return typeof value === "string" ? value : "";
}

/** The texts of a list of a record; none when it is missing. @throws {RowWireError} When it is no list. */
export function texts(wire: Wire, field: string): readonly string[] {
  const value = wire[field];
  if (value === undefined) return [];
  if (!Array.isArray(value)) throw new RowWireError(field, value);
  return value.filter((item): item is string => typeof item === "string");
}

/** Contract named by a packet id, which reads `flowpacket:{contract}:{start}:{end}`. */
export function contractOfPacket(id: string): string {
  return id.split(":")[1] ?? "";
}
