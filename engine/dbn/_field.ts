/** How the bytes of one field are read. */
export type FieldType =
  | "u8"
  | "i8"
  | "u16"
  | "i16"
  | "u32"
  | "i32"
  | "u64"
  | "i64"
  | "char"
  | "cstr";

/**
 * A field value as the command line prints it: 64-bit integers as decimal strings, smaller ones as
 * numbers, single bytes of text as one-character strings, fixed strings cut at the first NUL.
 */
export type FieldValue = string | number;

/** Place and form of one field inside a record. */
export interface Field {
  readonly name: string;
  readonly type: FieldType;
  readonly offset: number; // bytes from the start of the record
  readonly size: number; // bytes
  readonly missing: FieldValue; // written when a record does not name the field
}

/** The format's "no price": 2^63 - 1. */
export const NO_PRICE = "9223372036854775807";
/** The format's "no time": 2^64 - 1. */
export const NO_TIME = "18446744073709551615";
/** The format's "no size" and other missing u32: 2^32 - 1. */
export const NO_U32 = 4_294_967_295;
/** The format's missing i32: 2^31 - 1. */
export const NO_I32 = 2_147_483_647;

const WIDTH: Readonly<Record<string, number>> = {
  u8: 1,
  i8: 1,
  char: 1,
  u16: 2,
  i16: 2,
  u32: 4,
  i32: 4,
  u64: 8,
  i64: 8,
};

const INTEGER_RANGE: Readonly<Record<string, readonly [number, number]>> = {
  u8: [0, 255],
  i8: [-128, 127],
  u16: [0, 65_535],
  i16: [-32_768, 32_767],
  u32: [0, NO_U32],
  i32: [-2_147_483_648, NO_I32],
};

const BIG_RANGE: Readonly<Record<string, readonly [bigint, bigint]>> = {
  u64: [0n, (1n << 64n) - 1n],
  i64: [-(1n << 63n), (1n << 63n) - 1n],
};

const UTF8 = new TextDecoder();
const TO_UTF8 = new TextEncoder();

/**
 * One field from its short form: `field("price", "i64", 24, NO_PRICE)`, `field("group", "cstr21", 271, "")`.
 */
export function field(name: string, type: string, offset: number, missing: FieldValue): Field {
  if (type.startsWith("cstr")) {
    return { name, type: "cstr", offset, size: Number(type.slice(4)), missing };
  }
  return { name, type: type as FieldType, offset, size: WIDTH[type]!, missing };
}

/** Text up to this length is put together by character: faster, and not yet a tree of halves. */
const SHORT_TEXT_BYTES = 12;

/** Text of a fixed string of `size` bytes at `offset`, cut at the first NUL. */
export function readText(bytes: Uint8Array, offset: number, size: number): string {
  let end = offset;
  let ascii = true;
  while (end < offset + size && bytes[end] !== 0) ascii = bytes[end++]! < 128 && ascii;
  if (!ascii || end - offset > SHORT_TEXT_BYTES) return UTF8.decode(bytes.slice(offset, end));
  let text = "";
  for (let i = offset; i < end; i++) text += String.fromCharCode(bytes[i]!);
  return text;
}

/** Value of `field` in the record that starts at byte `at` of `view`. */
export function readField(bytes: Uint8Array, view: DataView, at: number, f: Field): FieldValue {
  const offset = at + f.offset;
  switch (f.type) {
    case "u8":
      return view.getUint8(offset);
    case "i8":
      return view.getInt8(offset);
    case "u16":
      return view.getUint16(offset, true);
    case "i16":
      return view.getInt16(offset, true);
    case "u32":
      return view.getUint32(offset, true);
    case "i32":
      return view.getInt32(offset, true);
    case "u64":
      return view.getBigUint64(offset, true).toString();
    case "i64":
      return view.getBigInt64(offset, true).toString();
    case "char":
      return String.fromCharCode(view.getUint8(offset));
    case "cstr":
      return readText(bytes, offset, f.size);
  }
}

function cannot(f: Field, why: string, value: unknown): RangeError {
  return new RangeError(`Cannot encode field "${f.name}" as ${why}: ${JSON.stringify(value)}`);
}

function writeInteger(view: DataView, offset: number, f: Field, value: number): void {
  const [low, high] = INTEGER_RANGE[f.type]!;
  if (!(Number.isInteger(value) && value >= low && value <= high)) {
    throw cannot(f, `it must be an integer in ${low}..${high}`, value);
  }
  // Two's complement wraps in the setters, so that the unsigned ones serve both signs.
  if (f.size === 1) view.setUint8(offset, value);
  else if (f.size === 2) view.setUint16(offset, value, true);
  else view.setUint32(offset, value, true);
}

function writeBig(view: DataView, offset: number, f: Field, value: FieldValue): void {
  if (typeof value === "string" ? !/^-?\d{1,20}$/.test(value) : !Number.isSafeInteger(value)) {
    throw cannot(f, "it must be a whole number", value);
  }
  const [low, high] = BIG_RANGE[f.type]!;
  const big = BigInt(value);
  if (big < low || big > high) throw cannot(f, `it must lie in ${low}..${high}`, value);
  view.setBigUint64(offset, BigInt.asUintN(64, big), true);
}

/**
 * Writes `value` into zeroed bytes at `at + f.offset`.
 *
 * @throws {RangeError} When the value does not fit the field.
 */
export function writeField(
  bytes: Uint8Array,
  view: DataView,
  at: number,
  f: Field,
  value: FieldValue,
): void {
  const offset = at + f.offset;
  if (f.type === "u64" || f.type === "i64") return writeBig(view, offset, f, value);
  if (f.type === "char") {
    if (typeof value !== "string" || value.length !== 1 || value.charCodeAt(0) > 255) {
      throw cannot(f, "it must be one character of one byte", value);
    }
    bytes[offset] = value.charCodeAt(0);
    return;
  }
  if (f.type === "cstr") {
    const text = typeof value === "string" ? TO_UTF8.encode(value) : null;
    if (text === null || text.length >= f.size || text.includes(0)) {
      throw cannot(f, `it must be text of at most ${f.size - 1} bytes without NUL`, value);
    }
    bytes.set(text, offset);
    return;
  }
  if (typeof value !== "number") throw cannot(f, "it must be a number", value);
  writeInteger(view, offset, f, value);
}
