export { archiveSession, LakeManifest, readManifest } from "./archive_session.ts";
export { archiveEnded, type ArchiverOptions, startArchiver } from "./archiver.ts";
export { endedSessions } from "./ended_sessions.ts";
export { streamLayout } from "./stream_layout.ts";
export { exportSession, type LakeFile, lakeFolder, lakePath } from "./export_session.ts";
