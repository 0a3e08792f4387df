/// <reference lib="deno.worker" />
import { FrameBatch, gridLayout } from "../../../engine/frames/contract.ts";
import { fileSha256 } from "../parquet/mod.ts";
import { BinFiles } from "./bin_files.ts";
import type { EncodedBins } from "./encoded_bins.ts";
import type { FromWriter, ToWriter } from "./writer_protocol.ts";

const scope = self as unknown as DedicatedWorkerGlobalScope;

type Open = Extract<ToWriter, { type: "open" }>;

let open: Open | null = null;
let files: BinFiles | null = null;
let encoded: EncodedBins | null = null;
let inputSha256: string | null = null;
let failed = false;

function post(message: FromWriter, moved: readonly ArrayBuffer[] = []): void {
  scope.postMessage(message, [...moved]);
}

async function handle(message: ToWriter): Promise<void> {
  switch (message.type) {
    case "open":
      open = message;
      files = new BinFiles(message);
      if (message.encoded) {
        // Arrow and zod take a while to load; a capture does without them.
        const { EncodedBins } = await import("./encoded_bins.ts");
        encoded = new EncodedBins(message);
      }
      if (message.input !== null) inputSha256 = fileSha256(message.input);
      return;
    case "batch": {
      const { buffer, count } = message;
      if (open === null || files === null) return;
      const { rows, horizonsMs, capacity } = open;
      files.write(new FrameBatch(gridLayout(rows, horizonsMs), capacity, buffer, count));
      return post({ type: "written", buffer, bytes: files.bytes }, [buffer]);
    }
    case "encoded": {
      if (encoded === null || files === null) return;
      const batch = encoded.add(message.header, message.arrow);
      if (batch.full) encoded.flush(files);
      return post({ type: "written", buffer: null, bytes: files.bytes });
    }
    case "finish":
      if (files === null) return;
      encoded?.flush(files);
      return post({ type: "finished", facts: { ...files.finish(), inputSha256 } });
    case "abort":
      files?.close();
      return post({ type: "aborted" });
  }
}

async function take(message: ToWriter): Promise<void> {
  // After a failure nothing is written any more; the files stay as they are until they are removed.
  if (failed && message.type !== "abort") return;
  try {
    await handle(message);
  } catch (error) {
    failed = true;
    const onDisk = error instanceof Error &&
      /ENOSPC|No space|os error (28|122)/i.test(String(error));
    const text = error instanceof Error ? error.message : String(error);
    post({ type: "failed", code: onDisk ? "disk" : "internal", message: text });
  }
}

/** One message after the other, though the first may have to wait for code. */
let last = Promise.resolve();

scope.onmessage = ({ data }: MessageEvent<ToWriter>) => {
  last = last.then(() => take(data));
};
