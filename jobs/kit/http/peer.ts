/** Address of the machine at the other end of the socket; "" when it is no TCP connection. */
export function peerAddress(info: Deno.ServeHandlerInfo): string {
  const { remoteAddr } = info;
  return "hostname" in remoteAddr ? remoteAddr.hostname : "";
}
