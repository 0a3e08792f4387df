/** Root, month letter, one or two digits of the year. */
const CONTRACT = /^([A-Z0-9]+?)[FGHJKMNQUVXZ]\d{1,2}$/;

/** Root of a contract: `ES` of `ESH6`. A symbol that is no contract is a root itself. */
export function rootOf(symbol: string): string {
  return CONTRACT.exec(symbol)?.[1] ?? symbol;
}

/** Whether a symbol is a contract, not the root of several. */
export function isContract(symbol: string): boolean {
  return CONTRACT.test(symbol);
}
