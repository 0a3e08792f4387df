import { InvalidArgumentError } from "commander";
import { sessionById } from "../../engine/regime/mod.ts";

/** Reads the id of a session. @throws {InvalidArgumentError} When there is none of it. */
export function sessionId(text: string): number {
  const rule = "It must be a session id such as 202601140.";
  if (!/^\d{9,10}$/.test(text)) throw new InvalidArgumentError(rule);
  try {
    return sessionById(Number(text)).id;
  } catch {
    throw new InvalidArgumentError(rule);
  }
}
