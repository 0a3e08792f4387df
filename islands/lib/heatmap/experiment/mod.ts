export { compareWithServer, type Comparison, comparisonText } from "./compare.ts";
export { KeptRows } from "./kept_rows.ts";
export { rememberParameters } from "./memory.ts";
export {
  changedNames,
  fitValue,
  PARAMETER_GROUPS,
  type ParameterInfo,
  stepDecimals,
  withValue,
} from "./parameter_info.ts";
export { restoreExperiment } from "./restore.ts";
