export { contractSha256 } from "./avro.ts";
export { type LakeDataset } from "./dataset.ts";
export { contractDocuments } from "./documents.ts";
export { LAKE, lakeDataset } from "./registry.ts";
