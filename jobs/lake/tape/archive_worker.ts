/// <reference lib="deno.worker" />
import { sessionById } from "../../../engine/regime/mod.ts";
import { type Port, serveWorker } from "../../kit/worker.ts";
import { attachTapeStore } from "../../tape/store/mod.ts";
import { archiveSession } from "./archive_session.ts";
import type { ArchiveNews, ArchiveRequest, ArchiveVerbs } from "./archiver.ts";

type Host = Port<ArchiveVerbs, ArchiveNews>;

/** Reads the store beside the process that writes it: sessions that are over change no more. */
async function archive({ dataDir, sessionIds }: ArchiveRequest, host: Host): Promise<void> {
  const store = await attachTapeStore({ dataDir });
  try {
    for (const sessionId of sessionIds) {
      const manifest = await archiveSession(store, sessionById(sessionId), dataDir);
      const rows = manifest?.files.reduce((sum, file) => sum + file.rows, 0) ?? 0;
      const bytes = manifest?.files.reduce((sum, file) => sum + file.bytes, 0) ?? 0;
      host.notify("archived", { sessionId, rows, bytes });
    }
  } finally {
    await store.close();
  }
}

serveWorker((host: Host) => ({ on: { archive: (request) => archive(request, host) } }));
