export { auditFolder, type FolderAudit } from "./audit_folder.ts";
