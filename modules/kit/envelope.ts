import { createHash } from "node:crypto";
import { z } from "zod";
import { StoreError } from "./store_error.ts";
import { isUlid } from "./ulid.ts";

/** What goes between modules: one event, with who says it and what proves that it is whole. */
export const Envelope = z.strictObject({
  /** ULID: names the event, and orders those of one source. */
  event_id: z.string().refine(isUlid, "must be a ULID"),
  /** Dotted name such as `flow.packet.closed`. */
  event_type: z.string().regex(/^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+$/, "must be a dotted name"),
  /** Version of the payload's schema. */
  schema_ver: z.int().min(1),
  /** When it happened, ISO 8601 UTC with ms. */
  ts: z.iso.datetime({ precision: 3 }),
  /** Module that says it. */
  source: z.string().regex(/^[a-z][a-z0-9_]{0,31}$/, "must be a module's name"),
  /** SHA-256 of the payload's {@link canonicalText}, hex. */
  payload_sha256: z.string().regex(/^[0-9a-f]{64}$/),
  payload: z.json(),
});
export type Envelope = z.infer<typeof Envelope>;

/** JSON of a value with the keys of every object in order, so that equal values have equal texts. */
export function canonicalText(value: unknown): string {
  return JSON.stringify(value, (_key, item: unknown) => {
    if (item === null || typeof item !== "object" || Array.isArray(item)) return item;
    return Object.fromEntries(Object.entries(item).sort(([a], [b]) => a < b ? -1 : 1));
  });
}

function hashOf(payload: unknown): string {
  return createHash("sha256").update(canonicalText(payload)).digest("hex");
}

/** An event as its source puts it. @throws {z.ZodError} When a field breaks its rule. */
export function envelopeOf(event: Omit<Envelope, "payload_sha256">): Envelope {
  return Envelope.parse({ ...event, payload_sha256: hashOf(event.payload) });
}

/**
 * The event in an unknown value.
 *
 * @throws {StoreError} `damaged` when it is none, or its payload is not the one that was sealed.
 */
export function readEnvelope(value: unknown): Envelope {
  const parsed = Envelope.safeParse(value);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const what = `${issue?.path.join(".") ?? ""} ${issue?.message ?? ""}`;
    throw new StoreError("damaged", `Cannot read an event: ${what}`);
  }
  if (hashOf(parsed.data.payload) !== parsed.data.payload_sha256) {
    throw new StoreError(
      "damaged",
      `Cannot read event ${parsed.data.event_id}: its payload changed`,
    );
  }
  return parsed.data;
}
