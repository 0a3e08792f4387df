import { LAKE, type LakeDataset } from "../contracts/mod.ts";
import { isComplete, partitionFolder, readManifest, staleInputs } from "../partitions/mod.ts";
import { PipelineError } from "./pipeline_error.ts";
import type { StageWork } from "./stage_work.ts";
import { CODE_VERSION, datasetsOf, isOfBronze } from "./tables.ts";

/**
 * Looks at what is there and would be kept or read.
 *
 * @throws {PipelineError} `stale` when it was made of other inputs than there are now, by another version
 * of the program, or of another stretch of the session.
 */
export function checkFresh(work: StageWork): void {
  const { lake, task } = work;
  const isKept = (dataset: LakeDataset) =>
    isComplete(lake, dataset, work.of()) && !work.isWanted(dataset);
  const read = [...LAKE.values()].filter(isOfBronze);
  for (const dataset of new Set([...read, ...datasetsOf(task)])) {
    if (!isKept(dataset)) continue;
    const why = staleness(work, dataset);
    if (why === null) continue;
    const remedy = isOfBronze(dataset)
      ? `remove "${partitionFolder(lake, dataset, work.of())}" to read the raw files again`
      : "--overwrite makes it again";
    throw new PipelineError(
      "stale",
      `Cannot keep ${dataset.key} of ${task.symbol} on ${task.dt} as ${why}: ${remedy}`,
    );
  }
}

/** Why a complete partition is not what would be made now; null when it is. */
function staleness(work: StageWork, dataset: LakeDataset): string | null {
  const { lake, task } = work;
  const place = work.of();
  const { manifest } = readManifest(lake, dataset, place);
  const { session_window: session, code_version: version } = manifest;
  if (session !== null && session !== task.session) {
    return `it is of ${session}, not ${task.session}`;
  }
  if (version !== CODE_VERSION) return `version ${version} of the program made it`;
  const [input] = staleInputs(lake, dataset, place);
  return input === undefined
    ? null
    : `its input ${input.dataset} of ${input.dt} is another one now`;
}
