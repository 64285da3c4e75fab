// F02: hashes, MACs, ciphers and signatures are streams by type but plain values in use.
import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  createSign,
  createVerify,
  type Hash,
  type KeyObject,
  randomBytes,
  timingSafeEqual,
} from "node:crypto";
import { createReadStream } from "node:fs";
import { pipeline } from "node:stream/promises";

export const etag = (body: string | Buffer) => `"${createHash("sha1").update(body).digest("base64url")}"`;

export async function checksum(path: string, algorithm = "sha256"): Promise<string> {
  const hash = createHash(algorithm);
  await pipeline(createReadStream(path), hash);
  return hash.digest("hex");
}

export async function digestAll(parts: AsyncIterable<Uint8Array>, onPart?: (soFar: string) => void): Promise<string> {
  const hash = createHash("sha256");
  for await (const part of parts) {
    hash.update(part);
    onPart?.(hash.copy().digest("hex"));
  }
  return hash.digest("hex");
}

function feed(hash: Hash, value: unknown): Hash {
  if (Array.isArray(value)) {
    hash.update("[");
    value.forEach((v) => feed(hash, v));
    return hash.update("]");
  }
  if (value !== null && typeof value === "object") {
    for (const [k, v] of Object.entries(value).sort()) feed(hash.update(k), v);
    return hash;
  }
  return hash.update(String(value));
}

export function cacheKey(...values: unknown[]): string {
  let hash = createHash("md5");
  if (values.length > 8) hash = createHash("sha256");
  return feed(hash, values).digest("hex");
}

export function seal(key: Buffer, plain: string): Buffer {
  const iv = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", key, iv);
  const body = Buffer.concat([cipher.update(plain, "utf8"), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), body]);
}

export function unseal(key: Buffer, sealed: Buffer): string | undefined {
  const decipher = createDecipheriv("aes-256-gcm", key, sealed.subarray(0, 12));
  decipher.setAuthTag(sealed.subarray(12, 28));
  try {
    return decipher.update(sealed.subarray(28), undefined, "utf8") + decipher.final("utf8");
  } catch {
    return undefined;
  }
}

export function verifyWebhook(secret: string, header: string | undefined, ...chunks: Buffer[]): boolean {
  const mac = createHmac("sha256", secret);
  chunks.forEach((c) => mac.update(c));
  const expected = mac.digest();
  const given = Buffer.from(header?.replace(/^sha256=/, "") ?? "", "hex");
  return given.length === expected.length && timingSafeEqual(given, expected);
}

export const signer = (key: KeyObject) => (claims: object) =>
  createSign("RSA-SHA256").update(JSON.stringify(claims)).end().sign(key, "base64url");

export const verifier = (key: KeyObject) => (claims: object, signature: string) => {
  const verify = createVerify("RSA-SHA256");
  verify.write(JSON.stringify(claims));
  verify.end();
  return verify.verify(key, signature, "base64url");
};
