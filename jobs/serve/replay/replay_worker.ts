/// <reference lib="deno.worker" />
import type { AnyRecord, Cursor } from "../../../modules/tape/mod.ts";
import { systemClock } from "../../kit/mod.ts";
import { createFlow } from "../../tape/mod.ts";
import type { ReadPage } from "./_stored_stream.ts";
import type { FromReplayWorker, ToReplayWorker } from "./protocol.ts";
import { ReplayRunner } from "./replay_runner.ts";

const scope = self as unknown as DedicatedWorkerGlobalScope;

type Page = { readonly rows: readonly AnyRecord[]; readonly next: Cursor | null };

const reads = new Map<number, PromiseWithResolvers<Page>>();
let readId = 0;
let runner: ReplayRunner | null = null;

function post(message: FromReplayWorker): void {
  if (message.type !== "batch") return scope.postMessage(message);
  const { stream, ts, seq } = message.rows;
  scope.postMessage(message, [stream.buffer, ts.buffer, seq.buffer]);
}

const read = ((stream, after, untilTs, limit) => {
  const id = ++readId;
  const waiting = Promise.withResolvers<Page>();
  reads.set(id, waiting);
  post({ type: "read", id, stream, after, untilTs, limit });
  return waiting.promise;
  // The main thread answers with rows of the stream that was asked for.
}) as ReadPage;

function answer(message: Extract<ToReplayWorker, { type: "page" }>): void {
  const waiting = reads.get(message.id);
  reads.delete(message.id);
  if (message.error !== null) waiting?.reject(new Error(message.error));
  else waiting?.resolve({ rows: message.rows, next: message.next });
}

async function play(message: Extract<ToReplayWorker, { type: "start" }>): Promise<void> {
  try {
    const options = { clock: systemClock, read, post, createFlow };
    runner = new ReplayRunner(message.spec, message.originTs, options);
    await runner.run();
  } catch (error) {
    post({ type: "failed", message: error instanceof Error ? error.message : String(error) });
  }
}

scope.onmessage = (event: MessageEvent<ToReplayWorker>) => {
  const message = event.data;
  switch (message.type) {
    case "start":
      return play(message);
    case "patch":
      return runner?.patch(message.patch, message.originTs);
    case "page":
      return answer(message);
    case "ack":
      return runner?.ack(message.batches);
    case "stop":
      return runner?.stop();
  }
};
