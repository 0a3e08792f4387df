import { peerAddress } from "./peer.ts";

/** What an origin may look like, so that it can stand in a command that people copy. */
const ORIGIN = /^https?:\/\/(?:\[[0-9a-f:.]+\]|[\w.~-]+)(?::\d{1,5})?$/i;

/**
 * Origin under which a client reached this server, as `http://127.0.0.1:8000`.
 *
 * @param proxies Addresses of proxies whose word counts that the client came by https.
 * @returns Null when the host that the client names does not belong into an address.
 */
export function requestOrigin(
  request: Request,
  info: Deno.ServeHandlerInfo,
  proxies: readonly string[],
): string | null {
  if (!URL.canParse(request.url)) return null;
  const { protocol, host } = new URL(request.url);
  const forwarded = proxies.includes(peerAddress(info))
    ? request.headers.get("x-forwarded-proto")
    : null;
  const isSecure = protocol === "https:" || forwarded === "https";
  const origin = `${isSecure ? "https" : "http"}://${host}`;
  return ORIGIN.test(origin) ? origin : null;
}
