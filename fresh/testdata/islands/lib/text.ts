/** The text in lower case; not an island. */
export function lower(text: string): string {
  return text.toLowerCase();
}
