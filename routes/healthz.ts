/** The process is up. */
export function handler(): Response {
  return Response.json({ status: "ok", service: "lotus-terminal" });
}
