/** Where a value stands, for error messages, as in `.data[2].when`. */
type Path = string;

/** Constants that JSON cannot express, as negative references. */
export const CONSTANTS: readonly unknown[] = [undefined, NaN, Infinity, -Infinity, -0];
/** Reference of a missing element of a sparse array. */
export const HOLE = -6;

/** Thrown when a value cannot be sent to the browser. */
export class SerializeError extends TypeError {
  override readonly name: string = "SerializeError";
  readonly code = "FRESH_SERIALIZE";
}

/** Turns a value that the caller knows into a tag and a payload, or answers null. */
export type Replacer = (value: object) => { tag: string; payload: unknown } | null;

/**
 * Returns JSON text from which `parse()` builds an equal value, cycles and shared references
 * included.
 *
 * The text is a table: entry 0 is the root, arrays and objects refer to entries by index, and a
 * pair whose first element is a string is a tagged value. It holds no `<`, so it may stand in HTML.
 *
 * @throws {SerializeError} For functions, symbols, class instances, promises and other values that
 * have no plain form; the message gives the path.
 */
export function stringify(root: unknown, replacer: Replacer = () => null): string {
  const table: string[] = [];
  const seen = new Map<unknown, number>();

  function refer(value: unknown, path: Path): number {
    const constant = CONSTANTS.findIndex((c) => Object.is(c, value));
    if (constant !== -1) return -1 - constant;
    const known = seen.get(value);
    if (known !== undefined) return known;
    const index = table.length;
    seen.set(value, index);
    table.push("");
    table[index] = encode(value, path);
    return index;
  }

  function encode(value: unknown, path: Path): string {
    switch (typeof value) {
      case "string":
      case "number":
      case "boolean":
        return JSON.stringify(value);
      case "bigint":
        return tagged("BigInt", String(value));
      case "object":
        return value === null ? "null" : encodeObject(value, path);
      default:
        throw new SerializeError(`Cannot serialize ${describe(value)} at "${path}"`);
    }
  }

  function encodeObject(value: object, path: Path): string {
    if (Array.isArray(value)) {
      const items = Array.from(
        { length: value.length },
        (_, i) => i in value ? refer(value[i], `${path}[${i}]`) : HOLE,
      );
      return `[${items.join(",")}]`;
    }
    if (value instanceof Date) return tagged("Date", value.getTime());
    if (value instanceof URL) return tagged("URL", value.href);
    if (value instanceof RegExp) return tagged("RegExp", [value.source, value.flags]);
    if (value instanceof Uint8Array) return tagged("Uint8Array", toBase64(value));
    if (value instanceof Set) {
      return tagged("Set", [...value].map((item, i) => refer(item, `${path}<${i}>`)));
    }
    if (value instanceof Map) {
      return tagged(
        "Map",
        [...value].flatMap(([k, v], i) => [
          refer(k, `${path}<key ${i}>`),
          refer(v, `${path}<value ${i}>`),
        ]),
      );
    }
    const replaced = replacer(value);
    if (replaced !== null) {
      return `[${JSON.stringify(replaced.tag)},${refer(replaced.payload, path)}]`;
    }
    const proto: unknown = Object.getPrototypeOf(value);
    if (proto !== null && proto !== Object.prototype) {
      throw new SerializeError(`Cannot serialize ${describe(value)} at "${path}"`);
    }
    const fields = Object.entries(value).map(([key, item]) =>
      `${JSON.stringify(key)}:${refer(item, `${path}.${key}`)}`
    );
    return `{${fields.join(",")}}`;
  }

  const reference = refer(root, "");
  if (reference < 0) return String(reference);
  return `[${table.join(",")}]`.replaceAll("<", "\\u003c");
}

function tagged(tag: string, payload: unknown): string {
  return JSON.stringify([tag, payload]);
}

function describe(value: unknown): string {
  if (typeof value === "function") return `a function "${value.name || "anonymous"}"`;
  if (typeof value === "symbol") return `a symbol "${String(value.description)}"`;
  const name = (value as object).constructor?.name;
  return `an instance of "${name ?? "unknown"}"`;
}

function toBase64(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}
