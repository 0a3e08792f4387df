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

/** Returns the answer with the headers that keep other sites from using it; an upgrade as it is. */
export function withSecurityHeaders(response: Response): Response {
  if (response.status === 101) return response;
  const copy = new Response(response.body, response); // as some have immutable headers
  for (const [name, value] of Object.entries(HEADERS)) copy.headers.set(name, value);
  return copy;
}
