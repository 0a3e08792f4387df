export { readManifest } from "./archive_session.ts";
export { type ArchiverOptions, startArchiver } from "./archiver.ts";
export { exportSession, type LakeFile, lakeFolder } from "./export_session.ts";
export { readSession } from "./read_session.ts";
export { streamLayout } from "./stream_layout.ts";
export { findTapes, type SessionFiles, TapeFolderError } from "./tape_folder.ts";
