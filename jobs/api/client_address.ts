/** Hextets that name a network of one customer; the other half is theirs to vary. */
const NETWORK_HEXTETS = 4;

function expanded(address: string): string {
  const [left = "", right] = address.split("::");
  const head = left === "" ? [] : left.split(":");
  const tail = right === undefined || right === "" ? [] : right.split(":");
  const zeros = Array.from({ length: Math.max(0, 8 - head.length - tail.length) }, () => "0");
  return [...head, ...zeros, ...tail].slice(0, NETWORK_HEXTETS).join(":").toLowerCase();
}

/** An address in the form that limits count by: IPv4 as it is, of IPv6 the network (/64). */
function normal(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  return address.includes(":") ? expanded(address) : address;
}

const ADDRESS = /^[0-9A-Fa-f.:]{2,45}$/;

/**
 * Address of the client behind a request: the peer of the socket. Only when the peer is a trusted
 * proxy does `X-Forwarded-For` count, read from the right up to the first address that is no proxy of
 * ours, since anyone can write what stands further left.
 */
export function clientAddress(
  peer: string,
  forwardedFor: string | null,
  trusted: ReadonlySet<string>,
): string {
  if (!trusted.has(peer) || forwardedFor === null) return normal(peer);
  const hops = forwardedFor.split(",").map((hop) => hop.trim());
  for (let i = hops.length - 1; i >= 0; i--) {
    const hop = hops[i] ?? "";
    if (!ADDRESS.test(hop)) break;
    if (!trusted.has(hop)) return normal(hop);
  }
  return normal(peer);
}
