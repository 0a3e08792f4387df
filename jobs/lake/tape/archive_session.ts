import { join } from "node:path";
import { z } from "zod";
import type { Session } from "../../../engine/regime/mod.ts";
import { STREAMS, type TapeStore } from "../../../modules/tape/mod.ts";
import { exportSession, lakeFolder } from "./export_session.ts";

const File = z.object({
  stream: z.enum(STREAMS.names),
  path: z.string(),
  rows: z.int(),
  bytes: z.int(),
  firstTs: z.number().nullable(),
  lastTs: z.number().nullable(),
});

/** What stands in `session.json` beside the files of a session. */
export const LakeManifest = z.object({
  schema_ver: z.literal(1),
  session_id: z.int(),
  open_ts: z.int(),
  close_ts: z.int(),
  files: z.array(File),
});
export type LakeManifest = z.infer<typeof LakeManifest>;

function manifestPath(dataDir: string, sessionId: number): string {
  return join(lakeFolder(dataDir), String(sessionId), "session.json");
}

/** The manifest of an archived session, or null while it is not archived. @throws {SyntaxError} When it is damaged. */
export async function readManifest(
  dataDir: string,
  sessionId: number,
): Promise<LakeManifest | null> {
  let text: string;
  try {
    text = await Deno.readTextFile(manifestPath(dataDir, sessionId));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
  return LakeManifest.parse(JSON.parse(text));
}

/**
 * Writes every stream of a session to the lake, then the manifest that says so. A session whose
 * manifest exists is left as it is.
 *
 * @returns The manifest; null when the store holds no row of the session.
 * @throws {StoreError} When the store cannot be read.
 */
export async function archiveSession(
  store: TapeStore,
  session: Session,
  dataDir: string,
): Promise<LakeManifest | null> {
  const before = await readManifest(dataDir, session.id);
  if (before !== null) return before;
  const start = { ts: session.openTs, seq: -1 };
  const held = await Promise.all(STREAMS.names.map(async (stream) => {
    const { rows } = await store.after(stream, start, { limit: 1, untilTs: session.closeTs - 1 });
    return rows.length > 0;
  }));
  if (!held.includes(true)) return null;
  const files = [];
  for (const stream of STREAMS.names) {
    files.push(await exportSession(store, stream, session, dataDir));
  }
  const manifest: LakeManifest = {
    schema_ver: 1,
    session_id: session.id,
    open_ts: session.openTs,
    close_ts: session.closeTs,
    files,
  };
  const path = manifestPath(dataDir, session.id);
  await Deno.writeTextFile(`${path}.part`, `${JSON.stringify(manifest, null, 2)}\n`);
  await Deno.rename(`${path}.part`, path);
  return manifest;
}
