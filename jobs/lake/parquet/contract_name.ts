import { createHash } from "node:crypto";
import { type Layout, layoutText } from "../../../engine/frames/contract.ts";

/** Hex digits of a contract's hash: enough to tell two contracts apart, few enough to read out. */
const DIGITS = 16;

/** Name, version and hash of what readers of a layout rely on: `pressure.bins@1:0123456789abcdef`. */
export function contractName(layout: Layout): string {
  const hash = createHash("sha256").update(layoutText(layout)).digest("hex").slice(0, DIGITS);
  return `${layout.name}@${layout.version}:${hash}`;
}
