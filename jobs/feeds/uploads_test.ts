import { deepStrictEqual, match, rejects, strictEqual } from "node:assert/strict";
import { join } from "node:path";
import { tapeBytes, withTempDir } from "../testing/market_files.ts";
import { UploadError, type UploadOptions, Uploads } from "./uploads.ts";

const TAPE = tapeBytes({ seconds: 2 });

/** A body in chunks of an odd size. */
function bodyOf(bytes: Uint8Array<ArrayBuffer>): ReadableStream<Uint8Array> {
  let at = 0;
  return new ReadableStream({
    pull(controller) {
      if (at >= bytes.length) return controller.close();
      controller.enqueue(bytes.subarray(at, at += 10_007));
    },
  });
}

async function names(folder: string): Promise<readonly string[]> {
  return (await Array.fromAsync(Deno.readDir(folder), ({ name }) => name)).sort();
}

async function withUploads(
  options: UploadOptions,
  use: (uploads: Uploads) => Promise<void>,
): Promise<void> {
  await withTempDir((data) => use(new Uploads(join(data, "uploads"), options)));
}

function refused(sending: Promise<unknown>, code: UploadError["code"]): Promise<void> {
  return rejects(sending, (error) => error instanceof UploadError && error.code === code);
}

Deno.test("Uploads.take() keeps a file byte by byte under its name, and tells what is in it", async () => {
  await withUploads({}, async (uploads) => {
    const { name, symbol, readable } = await uploads.take("a.dbn", bodyOf(TAPE), TAPE.length);
    deepStrictEqual([name, symbol, readable], ["a.dbn", "ESH6", true]);
    deepStrictEqual(await Deno.readFile(join(uploads.folder, "a.dbn")), TAPE);
    deepStrictEqual(await names(uploads.folder), ["a.dbn"]);
    await refused(uploads.take("a.dbn", bodyOf(TAPE), null), "exists");
  });
});

Deno.test("Uploads.take() leaves nothing of what it refuses", async () => {
  const garbage = new TextEncoder().encode("this is no market file at all");
  const broken = new ReadableStream<Uint8Array>({
    pull: (controller) => {
      controller.enqueue(TAPE.subarray(0, 5_000));
      controller.error(new Error("gone"));
    },
  });
  await withUploads({ maxBytes: TAPE.length - 1, idleTimeoutMs: 20 }, async (uploads) => {
    await refused(uploads.take("a.dbn", bodyOf(TAPE), TAPE.length), "too_large");
    await refused(uploads.take("a.dbn", bodyOf(TAPE), null), "too_large");
    await refused(uploads.take("a.dbn", bodyOf(garbage), null), "unreadable");
    await refused(uploads.take("a.dbn", broken, null), "broke_off");
    await refused(uploads.take("a.dbn", new ReadableStream(), null), "too_slow");
    deepStrictEqual(await names(uploads.folder), []);
  });
  await withUploads({ freeBytes: () => 1e6 }, async (uploads) => {
    await refused(uploads.take("a.dbn", bodyOf(TAPE), null), "disk_full");
  });
});

Deno.test("Uploads.take() takes one file at a time, and removes what a dead process left", async () => {
  await withUploads({}, async (uploads) => {
    await Deno.mkdir(uploads.folder);
    const part = `old.dbn.part-${crypto.randomUUID()}`;
    await Deno.writeTextFile(join(uploads.folder, part), "half");
    let go = () => {};
    const slow = new ReadableStream<Uint8Array>({
      async start(controller) {
        controller.enqueue(TAPE);
        await new Promise<void>((resolve) => go = resolve);
        controller.close();
      },
    });
    const first = uploads.take("a.dbn", slow, null);
    await rejects(uploads.take("b.dbn", bodyOf(TAPE), null), (error) => {
      match(String(error), /while another one comes/);
      return true;
    });
    go();
    strictEqual((await first).name, "a.dbn");
    await uploads.take("b.dbn", bodyOf(TAPE), null);
    deepStrictEqual(await names(uploads.folder), ["a.dbn", "b.dbn"]);
  });
});
