/** One key of a picture, or several that do the same; tables of these make help sheets too. */
export interface KeyBinding<Args extends readonly unknown[]> {
  /** Names as `keyName()` gives them; a pair is written "g w". */
  readonly keys: readonly string[];
  readonly label: string;
  run(...args: Args): void;
}

/** Does what a table says of a key. Returns whether it says anything. */
export function pressKey<Args extends readonly unknown[]>(
  table: readonly KeyBinding<Args>[],
  name: string,
  ...args: Args
): boolean {
  const found = table.find(({ keys }) => keys.includes(name));
  found?.run(...args);
  return found !== undefined;
}
