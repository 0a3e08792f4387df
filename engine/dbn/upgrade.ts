import { type Field, NO_I32, readText, writeField } from "./_field.ts";
import {
  type DbnVersion,
  layoutOf,
  type RecordLayout,
  RTYPE_ERROR,
  RTYPE_SYSTEM,
} from "./_layout.ts";

/** Which version records and metadata are delivered in. */
export type UpgradePolicy = "as-is" | "v2" | "v3";

/** The version that a stream of `version` is delivered in, or null when the policy asks to go back. */
export function targetVersion(version: DbnVersion, policy: UpgradePolicy): DbnVersion | null {
  if (policy === "as-is") return version;
  if (policy === "v3") return 3;
  return version === 3 ? null : 2;
}

const ERROR_TEXTS: readonly (readonly [prefix: string, code: number])[] = [
  ["User or API key deactivated", 2],
  ["User has reached their open connection limit", 3],
  ["Failed to resolve symbol", 4],
  ["Internal error", 6],
  ["Slow client detected for ", 7],
];

/** Code of a version 1 error message, which had only the text; 255 when the text is not known. */
export function errorCodeOf(text: string): number {
  for (const [start, code] of ERROR_TEXTS) {
    const whole = code === 2 || code === 3 || code === 6;
    if (whole ? text === start : text.startsWith(start)) return code;
  }
  return 255;
}

/** Code of a version 1 system message, which had only the text; 255 when the text is not known. */
export function systemCodeOf(text: string): number {
  if (text === "Heartbeat") return 0;
  if (text.startsWith("End of interval for ")) return 4;
  if (text.startsWith("Subscription request ") && text.endsWith(" succeeded")) return 1;
  if (text.startsWith("Warning: slow reading")) return 2;
  if (text.startsWith("Finished ") && text.endsWith(" replay")) return 3;
  return 255;
}

function copyText(from: Uint8Array, a: Field, to: Uint8Array, b: Field): void {
  const text = from.subarray(a.offset, a.offset + a.size);
  const end = text.indexOf(0);
  to.set(text.subarray(0, Math.min(end < 0 ? a.size : end, b.size - 1)), b.offset);
}

/** Copies an integer into a field at least as wide, sign and null kept. */
function copyInteger(from: DataView, a: Field, to: DataView, toBytes: Uint8Array, b: Field): void {
  if (a.type === "i32") {
    const value = from.getInt32(a.offset, true);
    writeField(toBytes, to, 0, b, value === NO_I32 ? b.missing : value);
  } else {
    writeField(toBytes, to, 0, b, from.getUint32(a.offset, true));
  }
}

function convert(
  bytes: Uint8Array,
  from: RecordLayout,
  to: RecordLayout,
  suffix: number,
): Uint8Array {
  const out = new Uint8Array(to.bytes + suffix);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const outView = new DataView(out.buffer);
  out[0] = out.length >>> 2;
  out[1] = to.rtype;
  for (const b of to.fields) {
    const a = from.fields.find((f) => f.name === b.name);
    if (a === undefined) writeField(out, outView, 0, b, b.missing);
    else if (a.type === "cstr") copyText(bytes, a, out, b);
    else if (a.size === b.size) out.set(bytes.subarray(a.offset, a.offset + a.size), b.offset);
    else copyInteger(view, a, outView, out, b);
  }
  if (suffix > 0) out.set(bytes.subarray(bytes.length - suffix), to.bytes);
  if (from.bytes === 80 && to.rtype === RTYPE_ERROR) {
    out[318] = errorCodeOf(readText(bytes, 16, 64));
  }
  if (from.bytes === 80 && to.rtype === RTYPE_SYSTEM) {
    out[319] = systemCodeOf(readText(bytes, 16, 64));
  }
  return out;
}

/**
 * A record in the layout of a newer version: the input itself when the layout did not change, else
 * new bytes with equal fields copied, text widened, dropped fields gone and new ones null.
 *
 * @param bytes The whole record, with its `ts_out` when `hasTsOut`.
 * @param from RecordLayout that the record was read by.
 * @see docs/methods/dbn.md, "Versions".
 */
export function upgradeRecord(
  bytes: Uint8Array,
  from: RecordLayout,
  target: DbnVersion,
  hasTsOut: boolean,
): Uint8Array {
  const to = layoutOf(from.rtype, target);
  return to === undefined || to === from ? bytes : convert(bytes, from, to, hasTsOut ? 8 : 0);
}
