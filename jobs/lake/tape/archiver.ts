import type { SessionPace } from "../../../engine/regime/mod.ts";
import { type Logger, PortClosedError, WorkerPort } from "../../kit/mod.ts";
import { readManifest } from "./archive_session.ts";
import { endedSessions } from "./ended_sessions.ts";
import { StoreError } from "../../../modules/kit/mod.ts";

/** What the worker is asked. */
export interface ArchiveRequest {
  readonly dataDir: string;
  readonly sessionIds: readonly number[];
}

/** What the worker answers: when all of them are archived. */
export interface ArchiveVerbs {
  archive(request: ArchiveRequest): void;
}

/** What the worker tells, session by session. */
export interface ArchiveNews {
  archived(session: {
    readonly sessionId: number;
    /** 0 when the store holds no row of the session. */
    readonly rows: number;
    readonly bytes: number;
  }): void;
}

/** What the archiver needs. */
export interface ArchiverOptions {
  readonly dataDir: string;
  readonly clock: SessionPace;
  /** Hours that the store keeps rows: older sessions cannot be archived any more. */
  readonly retentionHours: number;
  readonly nowMs: () => number;
  readonly log: Logger;
}

const HOUR_MS = 3_600_000;

/** Pause before the first look, and between two, ms. */
const FIRST_MS = 30_000;
const EVERY_MS = 60_000;

/** It reads the store beside the process that writes it, and writes the lake. */
function archiveThread(dataDir: string) {
  return {
    url: new URL("./archive_worker.ts", import.meta.url),
    name: "archive",
    permissions: { read: [dataDir], write: [dataDir] },
  };
}

async function archiveInWorker(
  request: ArchiveRequest,
  log: Logger,
): Promise<readonly number[]> {
  const finished: number[] = [];
  const port = new WorkerPort<ArchiveVerbs, ArchiveNews>(archiveThread(request.dataDir), {
    archived: ({ sessionId, rows, bytes }) => {
      finished.push(sessionId);
      if (rows > 0) log.info("session_archived", { sessionId, rows, bytes });
    },
  }, () => {});
  try {
    await port.call("archive", request);
  } catch (error) {
    const level = error instanceof PortClosedError ? "error" : "warn";
    log[level]("archive_failed", { message: error instanceof Error ? error.message : `${error}` });
  } finally {
    port.terminate();
  }
  return finished;
}

/** Archives what is over and not archived yet. @returns Ids of the sessions that are settled now. */
export async function archiveEnded(
  options: ArchiverOptions,
  settled: ReadonlySet<number>,
): Promise<readonly number[]> {
  const nowMs = options.nowMs();
  const since = nowMs - options.retentionHours * HOUR_MS;
  const open: number[] = [];
  const kept: number[] = [];
  for (const { id } of endedSessions(nowMs, since, options.clock)) {
    if (settled.has(id)) continue;
    try {
      if (await readManifest(options.dataDir, id) === null) open.push(id);
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      // What a closed session holds is kept as it is, also when nobody here can read it.
      options.log.warn("lake_session_kept", { sessionId: id, message: error.message });
      kept.push(id);
    }
  }
  if (open.length === 0) return kept;
  const request = { dataDir: options.dataDir, sessionIds: open };
  return [...kept, ...await archiveInWorker(request, options.log)];
}

/**
 * Writes every session to the lake when it is over, in a worker, so that sockets and pages do not wait.
 * A failure is logged and tried again a minute later.
 *
 * @returns Stops it; a session under way is left for the next start.
 */
export function startArchiver(options: ArchiverOptions): () => void {
  const settled = new Set<number>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stopped = false;
  const step = async () => {
    try {
      for (const id of await archiveEnded(options, settled)) settled.add(id);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      if (!stopped) options.log.warn("archive_failed", { message });
    }
    if (!stopped) timer = setTimeout(step, EVERY_MS);
  };
  timer = setTimeout(step, FIRST_MS);
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}
