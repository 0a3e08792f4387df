/** Abilities of the browser that no page of the terminal asks for. */
const UNUSED = [
  "accelerometer",
  "camera",
  "display-capture",
  "geolocation",
  "gyroscope",
  "magnetometer",
  "microphone",
  "midi",
  "payment",
  "serial",
  "usb",
];

const HEADERS: Readonly<Record<string, string>> = {
  "x-content-type-options": "nosniff",
  "referrer-policy": "same-origin",
  "permissions-policy": UNUSED.map((name) => `${name}=()`).join(", "),
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
};

/** Policy of answers that the pages' own does not reach, such as error pages: they have no scripts. */
const PLAIN_POLICY = [
  "default-src 'self'",
  "script-src 'none'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join("; ");

/** Returns the answer with the headers that keep other sites from using it; an upgrade as it is. */
export function withSecurityHeaders(response: Response): Response {
  if (response.status === 101) return response;
  const copy = new Response(response.body, response); // as some have immutable headers
  for (const [name, value] of Object.entries(HEADERS)) copy.headers.set(name, value);
  const policy = "content-security-policy";
  if (!copy.headers.has(policy)) copy.headers.set(policy, PLAIN_POLICY);
  return copy;
}
