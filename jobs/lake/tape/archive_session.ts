import { join } from "node:path";
import { z } from "zod";
import type { Session } from "../../../engine/regime/mod.ts";
import { STREAMS, type TapeStore } from "../../../modules/tape/mod.ts";
import { exportSession, lakeFolder } from "./export_session.ts";
import { checkFormat, StoreError } from "../../../modules/kit/mod.ts";

/** Version of a session's folder that this release reads and writes. */
const FORMAT = 1;

const Stretch = z.object({ from_ts: z.int(), to_ts: z.int() });

const File = z.object({
  stream: z.enum(STREAMS.names),
  path: z.string(),
  rows: z.int(),
  bytes: z.int(),
  firstTs: z.number().nullable(),
  lastTs: z.number().nullable(),
  /** Stretches whose rows were damaged in the store when the session was archived. */
  gaps: z.array(Stretch).exactOptional(),
});

/** What stands in `session.json` beside the files of a session. */
const LakeManifest = z.object({
  schema_ver: z.literal(FORMAT),
  session_id: z.int(),
  open_ts: z.int(),
  close_ts: z.int(),
  files: z.array(File),
});
type LakeManifest = z.infer<typeof LakeManifest>;

const Versioned = z.looseObject({ schema_ver: z.int() });

function manifestPath(dataDir: string, sessionId: number): string {
  return join(lakeFolder(dataDir), String(sessionId), "session.json");
}

/**
 * The manifest of an archived session, or null while it is not archived.
 *
 * @throws {StoreError} `damaged`, or `newer_format` when a later release wrote it.
 */
export async function readManifest(
  dataDir: string,
  sessionId: number,
): Promise<LakeManifest | null> {
  const path = manifestPath(dataDir, sessionId);
  let text: string;
  try {
    text = await Deno.readTextFile(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
  return parseManifest(text, JSON.stringify(path));
}

function parseManifest(text: string, name: string): LakeManifest {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new StoreError("damaged", `Cannot read ${name}: it is no JSON`, { cause });
  }
  const versioned = Versioned.safeParse(value);
  if (versioned.success) checkFormat(name, versioned.data.schema_ver, FORMAT);
  const parsed = LakeManifest.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new StoreError("damaged", `Cannot read ${name}: it is no manifest of a session`);
}

/**
 * Writes every stream of a session to the lake, then the manifest that says so. A session whose
 * manifest exists is left as it is.
 *
 * @returns The manifest; null when the store holds no row of the session.
 * @throws {StoreError} When the store, or a manifest that is there, cannot be read.
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
    schema_ver: FORMAT,
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
