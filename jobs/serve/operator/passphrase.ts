import { Buffer } from "node:buffer";
import { randomBytes, scrypt, timingSafeEqual } from "node:crypto";

/** Longest passphrase that is looked at, characters. */
export const MAX_PASSPHRASE_CHARS = 1_024;

/** Cost of one guess: 32 MiB of memory and about a tenth of a second. */
const COST = { N: 32_768, r: 8, p: 1 } as const;

const KEY_BYTES = 32;
const SALT_BYTES = 16;

/** Room for scrypt's working memory, 128·N·r bytes and some. */
const MAX_MEMORY = 64 * 1_024 * 1_024;

function derive(passphrase: string, salt: Uint8Array): Promise<Buffer> {
  const text = passphrase.normalize("NFKC"); // keyboards differ in how they compose letters
  return new Promise((resolve, reject) => {
    scrypt(text, salt, KEY_BYTES, { ...COST, maxmem: MAX_MEMORY }, (error, key) => {
      if (error === null) resolve(key);
      else reject(error);
    });
  });
}

/**
 * The salted scrypt hash (RFC 7914) of a passphrase, as one line of text for
 * `LOTUS_OPERATOR_PASSPHRASE_HASH`: `scrypt:N:r:p:salt:key`, salt and key in base64url.
 */
export async function hashPassphrase(passphrase: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const key = await derive(passphrase, salt);
  const { N, r, p } = COST;
  return ["scrypt", N, r, p, salt.toString("base64url"), key.toString("base64url")].join(":");
}

/** Whether a passphrase is the one that `hash` was made of. False for a hash of another form. */
export async function verifyPassphrase(passphrase: string, hash: string): Promise<boolean> {
  if (passphrase.length > MAX_PASSPHRASE_CHARS) return false;
  const [name, N, r, p, saltText = "", keyText = ""] = hash.split(":");
  const { N: cost, r: block, p: lanes } = COST;
  if (name !== "scrypt" || N !== `${cost}` || r !== `${block}` || p !== `${lanes}`) return false;
  const expected = Buffer.from(keyText, "base64url");
  const key = await derive(passphrase, Buffer.from(saltText, "base64url"));
  return expected.length === key.length && timingSafeEqual(expected, key);
}
