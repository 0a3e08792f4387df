export { type CheckReport, checkSession } from "./check_session.ts";
export { comparePartitions, type Comparison, isSame } from "./compare.ts";
export { findPartitions, type FoundPartition } from "./found_partition.ts";
