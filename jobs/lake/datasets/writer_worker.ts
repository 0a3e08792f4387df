/// <reference lib="deno.worker" />
import { FrameBatch } from "../../../engine/frames/contract.ts";
import { Moved, serveWorker, type WorkerProgram } from "../../kit/worker.ts";
import { fileSha256 } from "../parquet/mod.ts";
import { BinFiles } from "./bin_files.ts";
import type { EncodedBins } from "./encoded_bins.ts";
import type { WriterSpec, WriterVerbs } from "./writer_protocol.ts";

/** The files of one dataset while they are written. */
interface Opened {
  readonly spec: WriterSpec;
  readonly files: BinFiles;
  readonly encoded: EncodedBins | null;
  readonly inputSha256: string | null;
}

async function openFiles(spec: WriterSpec): Promise<Opened> {
  const files = new BinFiles(spec);
  // Arrow and zod take a while to load; a capture does without them.
  const encoded = spec.encoded ? new (await import("./encoded_bins.ts")).EncodedBins(spec) : null;
  return { spec, files, encoded, inputSha256: spec.input === null ? null : fileSha256(spec.input) };
}

function writeBatch({ spec, files }: Opened, buffer: ArrayBuffer, count: number): void {
  files.write(new FrameBatch(spec.layout, spec.capacity, buffer, count));
}

function writeEncoded({ files, encoded }: Opened, header: string, arrow: Uint8Array<ArrayBuffer>) {
  if (encoded?.add(header, arrow).full) encoded.flush(files);
}

function writerProgram(): WorkerProgram<WriterVerbs> {
  let opened: Opened | null = null;
  let failure: unknown = null;
  /** One call after the other, though the first may have to wait for code. */
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => T | Promise<T>): Promise<T> => {
    const done = last.then(async () => {
      // After a failure nothing is written any more; the files stay as they are until they are removed.
      if (failure !== null) throw failure;
      try {
        return await work();
      } catch (error) {
        failure = error;
        throw error;
      }
    });
    last = done.catch(() => {});
    return done;
  };
  const held = (): Opened => {
    if (opened === null) throw new RangeError("Cannot write as no dataset is open");
    return opened;
  };
  return {
    on: {
      open: (spec) =>
        inTurn(async () => {
          opened = await openFiles(spec);
        }),
      batch: ({ buffer, count }) =>
        inTurn(() => {
          writeBatch(held(), buffer, count);
          return new Moved({ buffer, bytes: held().files.bytes }, [buffer]);
        }),
      encoded: ({ header, arrow }) =>
        inTurn(() => {
          writeEncoded(held(), header, arrow);
          return held().files.bytes;
        }),
      finish: () =>
        inTurn(() => {
          const { files, encoded, inputSha256 } = held();
          encoded?.flush(files);
          return { ...files.finish(), inputSha256 };
        }),
      abort: () => last.then(() => opened?.files.close()),
    },
  };
}

serveWorker(writerProgram);
