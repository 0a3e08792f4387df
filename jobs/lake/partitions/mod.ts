export {
  isComplete,
  type PartitionInput,
  partitionInput,
  type PartitionManifest,
  readManifest,
} from "./manifest.ts";
export { PartitionError } from "./partition_error.ts";
export { partitionDates, partitionFolder, type PartitionOf } from "./partition_place.ts";
export { PartitionReader } from "./partition_reader.ts";
export { type PartitionMaking, PartitionWriter } from "./partition_writer.ts";
export { staleInputs } from "./stale.ts";
