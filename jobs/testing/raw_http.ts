/**
 * Sends the head of a request as it is given to a server on this machine, and returns all of its answer;
 * of an upgrade the head alone.
 */
export async function exchange(port: number, head: readonly string[]): Promise<string> {
  const connection = await Deno.connect({ hostname: "127.0.0.1", port });
  try {
    await connection.write(new TextEncoder().encode([...head, "", ""].join("\r\n")));
    let text = "";
    const stream = connection.readable.pipeThrough(new TextDecoderStream() as ReadableWritablePair);
    for await (const chunk of stream) {
      text += chunk;
      if (text.startsWith("HTTP/1.1 101")) break; // a socket stays open
    }
    return text;
  } finally {
    try {
      connection.close();
    } catch {
      // The end of the stream closed it.
    }
  }
}
