/** Headers by which a proxy tells that the socket's peer is not the client. */
const FORWARDED = ["forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via"];

const LOOPBACK_V4 = /^(::ffff:)?127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/;

/** Whether an IP address is this machine's own. */
function isLoopback(address: string): boolean {
  return address === "::1" || LOOPBACK_V4.test(address);
}

/** Whether strangers can reach an address that is listened on, and no passphrase parts them from operators. */
export function isOpenAddress(host: string, passphraseHash: string): boolean {
  return passphraseHash === "" && host !== "localhost" && !isLoopback(host);
}

/** Whether a `Host` header names this machine; a page under another name must not pass for ours. */
function isLocalHost(host: string | null): boolean {
  const name = (host ?? "").replace(/:\d{1,5}$/, "").toLowerCase();
  return name === "localhost" || name === "[::1]" || LOOPBACK_V4.test(name);
}

/**
 * Whether a request comes from a person at this machine: by the socket's peer, by the name that the
 * page was opened under (so that a foreign name pointed at 127.0.0.1 gets nothing), and by the absence
 * of any sign of a proxy.
 *
 * @param peer Address of the socket's other end.
 */
export function isLocalRequest(request: Request, peer: string): boolean {
  return isLoopback(peer) && isLocalHost(request.headers.get("host")) &&
    !FORWARDED.some((name) => request.headers.has(name));
}
