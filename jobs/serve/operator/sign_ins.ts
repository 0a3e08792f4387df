import { Buffer } from "node:buffer";
import { createHash, randomBytes } from "node:crypto";

/** How long a sign-in lasts, ms. */
export const SESSION_MS = 12 * 3_600_000;

/** Sign-ins remembered at once; with more, the oldest ends. */
const MAX_SESSIONS = 256;

const ID_BYTES = 32;

/** Who is signed in. Ids are kept as hashes only, in memory: a restart signs everybody out. */
export class SignIns {
  readonly #nowMs: () => number;
  /** End of each session, ms, by the hash of its id; oldest first. */
  readonly #ends = new Map<string, number>();

  /** @param nowMs A monotonic clock, ms. */
  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  /** Begins a session. Returns its id, 256 random bits in base64url. */
  begin(): string {
    const id = randomBytes(ID_BYTES).toString("base64url");
    this.#ends.set(hashOf(id), this.#nowMs() + SESSION_MS);
    if (this.#ends.size > MAX_SESSIONS) {
      const [oldest] = this.#ends.keys();
      if (oldest !== undefined) this.#ends.delete(oldest);
    }
    return id;
  }

  /** The hash that stands for a running session, or null. */
  find(id: string): string | null {
    if (Buffer.from(id, "base64url").length !== ID_BYTES) return null;
    const hash = hashOf(id);
    const end = this.#ends.get(hash);
    if (end === undefined) return null;
    if (this.#nowMs() < end) return hash;
    this.#ends.delete(hash);
    return null;
  }

  /** Ends a session. */
  end(id: string): void {
    this.#ends.delete(hashOf(id));
  }
}

function hashOf(id: string): string {
  return createHash("sha256").update(id).digest("base64url");
}
