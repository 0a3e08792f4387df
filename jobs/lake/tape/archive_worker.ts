/// <reference lib="deno.worker" />
import { sessionById } from "../../../engine/regime/mod.ts";
import { attachTapeStore } from "../../tape/store/mod.ts";
import { archiveSession } from "./archive_session.ts";
import type { ArchiveReport, ArchiveRequest } from "./archiver.ts";

const scope = self as unknown as DedicatedWorkerGlobalScope;

/** Reads the store beside the process that writes it: sessions that are over change no more. */
async function run({ dataDir, sessionIds }: ArchiveRequest): Promise<void> {
  const post = (report: ArchiveReport) => scope.postMessage(report);
  try {
    const store = await attachTapeStore({ dataDir });
    for (const sessionId of sessionIds) {
      const manifest = await archiveSession(store, sessionById(sessionId), dataDir);
      const rows = manifest?.files.reduce((sum, file) => sum + file.rows, 0) ?? 0;
      const bytes = manifest?.files.reduce((sum, file) => sum + file.bytes, 0) ?? 0;
      post({ type: "archived", sessionId, rows, bytes });
    }
    await store.close();
    post({ type: "done" });
  } catch (error) {
    post({ type: "failed", message: error instanceof Error ? error.message : String(error) });
  }
}

scope.onmessage = async (event: MessageEvent<ArchiveRequest>) => {
  await run(event.data);
  scope.close();
};
