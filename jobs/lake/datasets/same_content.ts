import { isDeepStrictEqual } from "node:util";
import { DatasetError } from "./dataset_error.ts";
import { verifyDataset } from "./verify.ts";

/**
 * Lets a source be published again under an id that exists only when nothing would change.
 *
 * @param published The source's manifest in the published base.
 * @param source The manifest of the source.
 * @throws {DatasetError} `exists` when the id has other content, `damaged` when what was published is.
 */
export function checkSameContent(
  root: string,
  id: string,
  published: unknown,
  source: unknown,
): void {
  if (!isDeepStrictEqual(published, source)) {
    throw new DatasetError(
      "exists",
      `Cannot publish "${id}" as it was published with other content: choose another id`,
    );
  }
  const { ok, problems } = verifyDataset(root, id);
  if (ok) return;
  throw new DatasetError(
    "damaged",
    `Cannot rely on the published "${id}": ${problems.join(", ")}`,
  );
}
