/** Reads a list of symbols parted by commas or blanks; at most 32, each once. */
export function readSymbols(text: string): readonly string[] {
  const found = text.toUpperCase().split(/[\s,;]+/).filter((s) => /^[A-Z0-9._-]{1,16}$/.test(s));
  return [...new Set(found)].slice(0, 32);
}
