import { DevalueError, stringify } from "devalue";
import { isValidElement } from "preact";
import type { IslandUse } from "./_render_state.ts";

/** A prop of an island cannot be sent to the browser; the message names island, prop and path. */
export class PropsError extends TypeError {
  override readonly name = "PropsError";
  readonly code = "FRESH_PROPS";
}

/**
 * Returns text from which the browser builds the props of all islands: what is one object or one
 * signal here is one there. It holds no `<`, so it may stand in HTML.
 *
 * @throws {PropsError} For functions, JSX, class instances and whatever else has no plain form.
 */
export function stringifyProps(uses: readonly IslandUse[]): string {
  for (const { island, props } of uses) {
    for (const [name, value] of Object.entries(props)) {
      if (holdsJsx(value)) throw new PropsError(`${refusal(name, island.name)}: it holds JSX`);
    }
  }
  try {
    // A falsy answer would mean "not mine", so the value goes in a list.
    return stringify(uses.map(({ props }) => props), {
      Computed: (value: unknown) => isSignal(value) && !isWritable(value) && [value.peek()],
      Signal: (value: unknown) => isSignal(value) && [value.peek()],
    });
  } catch (cause) {
    if (!(cause instanceof DevalueError)) throw cause;
    const [, index, plain, quoted, rest = ""] =
      /^\[(\d+)\](?:\.(\w+)|\["([^"]+)"\])?(.*)$/s.exec(cause.path) ?? [];
    const name = plain ?? quoted ?? "";
    throw new PropsError(
      `${refusal(name, uses[Number(index)]?.island.name ?? "")}: ` +
        `${cause.message} at "${rest}"`,
      { cause },
    );
  }
}

interface ReadableSignal {
  peek(): unknown;
}

function refusal(prop: string, island: string): string {
  return `Cannot send prop "${prop}" to island "${island}"`;
}

function isSignal(value: unknown): value is ReadableSignal {
  return typeof value === "object" && value !== null &&
    Reflect.get(value, "brand") === Symbol.for("preact-signals");
}

/** A computed signal has no way to set its value. */
function isWritable(value: object): boolean {
  const proto: unknown = Object.getPrototypeOf(value);
  return Object.getOwnPropertyDescriptor(proto, "value")?.set !== undefined;
}

/** Signals pass for elements, as Preact may draw them; as props they are data. */
function holdsJsx(value: unknown): boolean {
  return (isValidElement(value) && !isSignal(value)) ||
    (Array.isArray(value) && value.some(holdsJsx));
}
