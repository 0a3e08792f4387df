/** The typed arrays that a saved state is made of. */
const ARRAYS = { Float64Array, Int32Array, Uint32Array, Uint8Array, Int8Array } as const;

type ArrayName = keyof typeof ARRAYS;
type StateArray = InstanceType<(typeof ARRAYS)[ArrayName]>;

/** Bytes that every array begins at a multiple of. */
const ALIGN = 8;

/** A saved state with its arrays taken out: plain JSON, and one run of bytes. */
export interface FlatState {
  readonly tree: unknown;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** What a stored state says is not what it should be. The message is half a sentence. */
export class StateTreeError extends RangeError {
  override readonly name = "StateTreeError";
  readonly code = "bad_state_tree";
}

function arrayName(value: unknown): ArrayName | null {
  for (const name of Object.keys(ARRAYS) as ArrayName[]) {
    if (value instanceof ARRAYS[name]) return name;
  }
  return null;
}

/**
 * Takes a state apart. Numbers keep every bit, also the ones that JSON does not know.
 *
 * @throws {StateTreeError} When a value is of a kind that a state does not have.
 */
export function flatten(state: unknown): FlatState {
  const parts: { readonly at: number; readonly array: StateArray }[] = [];
  let length = 0;
  const visit = (value: unknown): unknown => {
    const name = arrayName(value);
    if (name !== null) {
      const array = value as StateArray;
      parts.push({ at: length, array });
      const node = { $: name, at: length, n: array.length };
      length += Math.ceil(array.byteLength / ALIGN) * ALIGN;
      return node;
    }
    if (typeof value === "number") {
      return Number.isFinite(value) && !Object.is(value, -0)
        ? value
        : { $: "number", v: text(value) };
    }
    if (typeof value === "boolean") return value;
    if (typeof value === "object" && value !== null && !Array.isArray(value)) {
      return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, visit(inner)]));
    }
    throw new StateTreeError(`a state holds no ${typeof value}`);
  };
  const tree = visit(state);
  const bytes = new Uint8Array(length);
  for (const { at, array } of parts) {
    bytes.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), at);
  }
  return { tree, bytes };
}

function text(value: number): string {
  return Object.is(value, -0) ? "-0" : String(value);
}

/**
 * Puts a state together again, in the shape of another one of its kind: the same names, kinds and
 * lengths. An array that is empty in the pattern may have any length.
 *
 * @throws {StateTreeError} When it has another shape.
 */
export function unflatten<S>({ tree, bytes }: FlatState, pattern: S): S {
  const visit = (node: unknown, like: unknown, path: string): unknown => {
    const wanted = arrayName(like);
    if (wanted !== null) return readArray(node, wanted, (like as StateArray).length, path);
    if (typeof like === "number") return readNumber(node, path);
    if (typeof like === "boolean") {
      if (typeof node !== "boolean") throw new StateTreeError(`${path} is not true or false`);
      return node;
    }
    const own = fieldsOf(node, path);
    const expected = Object.entries(like as Readonly<Record<string, unknown>>);
    if (Object.keys(own).length !== expected.length) {
      throw new StateTreeError(`${path} has other fields`);
    }
    return Object.fromEntries(
      expected.map(([key, inner]) => [key, visit(own[key], inner, `${path}.${key}`)]),
    );
  };
  const readArray = (node: unknown, name: ArrayName, length: number, path: string): StateArray => {
    const { $: kind, at, n } = fieldsOf(node, path);
    const type = ARRAYS[name];
    const fits = kind === name && isCount(at) && isCount(n) && at % ALIGN === 0 &&
      at + n * type.BYTES_PER_ELEMENT <= bytes.length && (length === 0 || n === length);
    if (!fits) throw new StateTreeError(`${path} is no such array`);
    return new type(bytes.slice(at, at + n * type.BYTES_PER_ELEMENT).buffer);
  };
  return visit(tree, pattern, "state") as S;
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function readNumber(node: unknown, path: string): number {
  if (typeof node === "number") return node;
  const { $: kind, v } = fieldsOf(node, path);
  if (kind !== "number" || typeof v !== "string" || !/^(NaN|-?Infinity|-0)$/.test(v)) {
    throw new StateTreeError(`${path} is no number`);
  }
  return Number(v);
}

function fieldsOf(node: unknown, path: string): Readonly<Record<string, unknown>> {
  if (typeof node !== "object" || node === null || Array.isArray(node)) {
    throw new StateTreeError(`${path} is missing`);
  }
  return node as Readonly<Record<string, unknown>>;
}
