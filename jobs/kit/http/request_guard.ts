import { ApiError, errorResponse } from "./api_error.ts";

/** A name or address, and perhaps a port. Anything else would become part of the request's URL. */
const HOST = /^(?:\[[0-9a-f:.]+\]|[\w.~-]+)(?::\d{1,5})?$/i;

/** Sixteen bytes as base64. */
const SOCKET_KEY = /^[A-Za-z0-9+/]{22}==$/;

/**
 * Answers a request whose head breaks HTTP, such as a `Host` that rewrites the path, a path that
 * cannot be decoded, or an upgrade without its key; null for every other request.
 */
export function refuseMalformed(request: Request): Response | null {
  const { method, headers, url } = request;
  const detail = brokenHost(headers, url) ?? brokenPath(url) ?? brokenUpgrade(method, headers);
  if (detail === null) return null;
  return errorResponse(
    new ApiError(400, { code: "bad_request", error: "The request is malformed", detail }),
    crypto.randomUUID(),
  );
}

function brokenHost(headers: Headers, url: string): string | null {
  const host = headers.get("host");
  if (host !== null && !HOST.test(host)) return "host: must be a name with an optional port";
  return URL.canParse(url) ? null : "host: does not make an address with the path";
}

function brokenPath(url: string): string | null {
  try {
    return decodeURIComponent(new URL(url).pathname).includes("\0") ? "path: holds a NUL" : null;
  } catch {
    return "path: its percent-encoding is broken";
  }
}

function brokenUpgrade(method: string, headers: Headers): string | null {
  if (!hasToken(headers.get("upgrade"), "websocket")) return null;
  if (method !== "GET") return "upgrade: only a GET can become a socket";
  if (!hasToken(headers.get("connection"), "upgrade")) return "connection: must name upgrade";
  if (!SOCKET_KEY.test(headers.get("sec-websocket-key") ?? "")) {
    return "sec-websocket-key: must be 16 bytes as base64";
  }
  return headers.get("sec-websocket-version") === "13" ? null : "sec-websocket-version: must be 13";
}

function hasToken(list: string | null, token: string): boolean {
  return list?.split(",").some((part) => part.trim().toLowerCase() === token) ?? false;
}
