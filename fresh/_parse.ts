import { CONSTANTS, HOLE } from "./_serialize.ts";

/** Builds the value behind a tag that `stringify()`'s replacer gave; called before it is filled. */
export type Reviver = (tag: string, payload: unknown) => unknown;

type Entry = string | number | boolean | null | readonly unknown[] | Record<string, number>;

/**
 * Returns the value that `stringify()` wrote.
 *
 * @throws {SyntaxError} When the text is not such a table or has an unknown tag.
 */
export function parse(text: string, reviver: Reviver = unknownTag): unknown {
  const table: unknown = JSON.parse(text);
  if (typeof table === "number") return CONSTANTS[-1 - table];
  if (!Array.isArray(table)) throw new SyntaxError("Cannot parse island data as it is no table");
  const entries = table as readonly Entry[];
  const built: unknown[] = new Array(entries.length);
  const done = new Set<number>();

  function resolve(reference: number): unknown {
    if (reference < 0) return CONSTANTS[-1 - reference];
    if (!done.has(reference)) {
      done.add(reference);
      build(reference, entries[reference]);
    }
    return built[reference];
  }

  function build(index: number, entry: Entry | undefined): void {
    if (entry === null || typeof entry !== "object") {
      built[index] = entry;
    } else if (!isList(entry)) {
      const object: Record<string, unknown> = {};
      built[index] = object;
      for (const [key, reference] of Object.entries(entry)) {
        // A plain assignment would set the prototype when the key is "__proto__".
        Object.defineProperty(object, key, {
          value: resolve(reference),
          configurable: true,
          enumerable: true,
          writable: true,
        });
      }
    } else if (typeof entry[0] === "string") {
      buildTagged(index, entry[0], entry[1]);
    } else {
      const list: unknown[] = new Array(entry.length);
      built[index] = list;
      entry.forEach((reference, i) => {
        if (reference !== HOLE) list[i] = resolve(reference as number);
      });
    }
  }

  function buildTagged(index: number, tag: string, payload: unknown): void {
    switch (tag) {
      case "BigInt":
        built[index] = BigInt(payload as string);
        return;
      case "Date":
        built[index] = new Date(payload === null ? NaN : payload as number);
        return;
      case "URL":
        built[index] = new URL(payload as string);
        return;
      case "RegExp": {
        const [source, flags] = payload as [string, string];
        built[index] = new RegExp(source, flags);
        return;
      }
      case "Uint8Array":
        built[index] = Uint8Array.from(atob(payload as string), (c) => c.charCodeAt(0));
        return;
      case "Set": {
        const set = new Set<unknown>();
        built[index] = set;
        for (const reference of payload as number[]) set.add(resolve(reference));
        return;
      }
      case "Map": {
        const map = new Map<unknown, unknown>();
        built[index] = map;
        const flat = payload as number[];
        for (let i = 0; i + 1 < flat.length; i += 2) {
          map.set(resolve(flat[i] as number), resolve(flat[i + 1] as number));
        }
        return;
      }
      default:
        built[index] = reviver(tag, resolve(payload as number));
    }
  }

  return resolve(0);
}

function isList(entry: object): entry is readonly unknown[] {
  return Array.isArray(entry);
}

function unknownTag(tag: string): never {
  throw new SyntaxError(`Cannot parse island data as its tag is unknown: "${tag}"`);
}
