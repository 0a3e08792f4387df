/** Address of the machine at the other end of the socket; "" when it is no TCP connection. */
export function peerAddress(info: Deno.ServeHandlerInfo): string {
  const { remoteAddr } = info;
  return "hostname" in remoteAddr ? remoteAddr.hostname : "";
}

/**
 * Address of the client: the socket's peer, or, when that is a trusted proxy, the last address in
 * `X-Forwarded-For` that is not one.
 *
 * @param trusted Addresses of proxies whose word counts.
 */
export function clientAddress(
  request: Request,
  info: Deno.ServeHandlerInfo,
  trusted: readonly string[],
): string {
  const peer = peerAddress(info);
  if (!trusted.includes(peer)) return peer;
  const named = (request.headers.get("x-forwarded-for") ?? "").split(",").map((name) =>
    name.trim()
  );
  return named.findLast((name) => name !== "" && !trusted.includes(name)) ?? peer;
}
