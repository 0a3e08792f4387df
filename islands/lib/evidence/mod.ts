export { EvidenceGate } from "./EvidenceGate.tsx";
export { evidenceInLink } from "./evidence_link.ts";
