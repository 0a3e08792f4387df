import { isTyping, keyName, KeyPairs } from "../text/mod.ts";

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

/**
 * Listens to the keys of a page and does what a table says of them; those that belong to the control in
 * focus are let be. Returns the undo.
 *
 * @param isOurs Whether a key, as `keyName()` names it, is meant for this table.
 */
export function attachKeys<Args extends readonly unknown[]>(
  table: readonly KeyBinding<Args>[],
  args: Args,
  isOurs: (key: string) => boolean = () => true,
): () => void {
  const pairs = new KeyPairs(
    table.flatMap(({ keys }) => keys).filter((key) => key[1] === " ").map((key) => key.charAt(0)),
  );
  const onKey = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const key = keyName(event);
    if (isTyping(event.target, key) || !isOurs(key)) return;
    const name = pairs.take(key, event.timeStamp);
    if (name !== null && pressKey(table, name, ...args)) event.preventDefault();
  };
  document.addEventListener("keydown", onKey);
  return () => document.removeEventListener("keydown", onKey);
}
