import { dirname, join } from "node:path";
import { gunzipSync } from "node:zlib";
import { ROOT } from "../house/sources.ts";

const FOLDER = join(ROOT, "fixtures/stores");

/** What the release that made the fixture found in its streams. */
export interface StoresExpected {
  readonly streams: Readonly<
    Record<string, { readonly rows: number; readonly max_seq: number; readonly sha256: string }>
  >;
}

/** Counts and sums of the rows in {@link unpackOldStores}. */
export async function expectedRows(): Promise<StoresExpected> {
  return JSON.parse(await Deno.readTextFile(join(FOLDER, "unversioned.json")));
}

const TEXT = new TextDecoder();

/** Text of a header's field, up to its first zero. */
function field(header: Uint8Array, at: number, length: number): string {
  return TEXT.decode(header.subarray(at, at + length)).split("\0", 1)[0] ?? "";
}

/** Unpacks the data folder of a release whose stores carried no version (ustar, gzip). */
export async function unpackOldStores(into: string): Promise<void> {
  const tar = gunzipSync(await Deno.readFile(join(FOLDER, "unversioned.tar.gz")));
  for (let at = 0; at + 512 <= tar.length;) {
    const header = tar.subarray(at, at + 512);
    const name = field(header, 0, 100);
    if (name === "") return;
    const size = parseInt(field(header, 124, 12), 8);
    const path = join(into, name);
    if (field(header, 156, 1) === "5") await Deno.mkdir(path, { recursive: true });
    else {
      await Deno.mkdir(dirname(path), { recursive: true });
      await Deno.writeFile(path, tar.subarray(at + 512, at + 512 + size));
    }
    at += 512 + Math.ceil(size / 512) * 512;
  }
}
