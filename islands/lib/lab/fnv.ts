/** FNV-1a 32 of a text's UTF-8 bytes, 8 hex digits. @see Fowler, Noll, Vo (1991). */
export function fnv1a(text: string): string {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, "0");
}
