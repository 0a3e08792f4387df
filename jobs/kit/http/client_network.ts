/** Hextets that name a network of one customer; the other half is theirs to vary. */
const NETWORK_HEXTETS = 4;

/**
 * What limits count a client by: an IPv4 address as it is, of an IPv6 address the network (/64), since
 * whoever has one address of it has all.
 */
export function clientNetwork(address: string): string {
  if (!address.includes(":")) return address;
  const [left = "", right] = address.toLowerCase().split("::");
  const head = left === "" ? [] : left.split(":");
  const tail = right === undefined || right === "" ? [] : right.split(":");
  const zeros = Array.from({ length: Math.max(0, 8 - head.length - tail.length) }, () => "0");
  const hextets = [...head, ...zeros, ...tail].slice(0, NETWORK_HEXTETS);
  return hextets.map((hextet) => hextet.replace(/^0+(?=.)/, "")).join(":");
}
