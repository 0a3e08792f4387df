/** Longest chain of proxies that is read. */
const MAX_HOPS = 16;

/** Address without the form in which IPv4 appears on IPv6 sockets. */
function plain(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, "").replace(/^\[(.*)\]$/, "$1");
}

/**
 * Address of the client behind a request. It is the peer of the connection, unless the peer is a proxy
 * that we trust: then the last address in `X-Forwarded-For` that is no such proxy. What a client itself
 * wrote into that header stands further left and is never believed.
 *
 * @param trusted Addresses of our proxies.
 */
export function clientAddress(
  request: Request,
  remote: Deno.Addr,
  trusted: readonly string[],
): string {
  const peer = "hostname" in remote ? plain(remote.hostname) : "local";
  if (!trusted.includes(peer)) return peer;
  const chain = (request.headers.get("x-forwarded-for") ?? "").split(",")
    .map((part) => plain(part.trim())).filter((part) => /^[0-9A-Fa-f.:]{1,45}$/.test(part))
    .slice(-MAX_HOPS);
  for (let hop = chain.pop(); hop !== undefined; hop = chain.pop()) {
    if (!trusted.includes(hop)) return hop;
  }
  return peer;
}
