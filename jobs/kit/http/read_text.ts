/**
 * Reads a body as UTF-8.
 *
 * @param maxBytes Most bytes to read; a longer body is not read to its end.
 * @returns The text, or null when the body is longer.
 */
export async function readText(request: Request, maxBytes: number): Promise<string | null> {
  if (request.body === null) return "";
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  for await (const chunk of request.body) {
    bytes += chunk.length;
    if (bytes > maxBytes) return null;
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}
