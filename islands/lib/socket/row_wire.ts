/** A message or record of the live socket that breaks the contract. */
export class RowWireError extends TypeError {
  override readonly name = "RowWireError";
  readonly code = "ROW_WIRE";
  /** Field at fault. */
  readonly field: string;

  constructor(field: string, value: unknown) {
    super(`Cannot read a record of the socket: "${field}" is ${typeof value}`);
    this.field = field;
  }
}

/** A JSON object whose fields are not known yet. */
export type Wire = Readonly<Record<string, unknown>>;

/** Takes a value for an object. @throws {RowWireError} When it is none. */
export function wireOf(value: unknown, field: string): Wire {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Wire;
  throw new RowWireError(field, value);
}

/** A finite number of a record. @throws {RowWireError} When it is none. */
export function numberOf(wire: Wire, field: string): number {
  const value = wire[field];
  if (typeof value === "number" && Number.isFinite(value)) return value;
  throw new RowWireError(field, value);
}

/** A stretch whose rows are damaged in the store. Epoch ms, both ends included. */
export interface LostSpan {
  readonly fromTs: number;
  readonly toTs: number;
}

/** Stretches that an answer or message names in `gaps`; none where it has no such field. */
export function lostIn(wire: Wire): readonly LostSpan[] {
  const { gaps } = wire;
  if (!Array.isArray(gaps)) return [];
  return gaps.map((item) => {
    const stretch = wireOf(item, "gaps");
    return { fromTs: numberOf(stretch, "from_ts"), toTs: numberOf(stretch, "to_ts") };
  });
}

/** A text of a record. @throws {RowWireError} When it is none. */
export function textOf(wire: Wire, field: string): string {
  const value = wire[field];
  if (typeof value === "string") return value;
  throw new RowWireError(field, value);
}
