import { basename, join } from "node:path";
import { DatasetError } from "./dataset_error.ts";
import { DATASET_FILES, type DatasetForm, FORM_FILES, partialName } from "./file_names.ts";
import { formOf } from "./form.ts";

/** Stands in a folder until its dataset is whole. */
const MARKER = "INCOMPLETE.json";

/** Names that an unfinished folder may hold and that may be removed from it. */
const OURS: ReadonlySet<string> = new Set([
  MARKER,
  ...Object.values(DATASET_FILES),
  ...Object.values(DATASET_FILES).map(partialName),
]);

/** JSON as all manifests are written: indented by 2, with a final newline. */
export function jsonText(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

function namesIn(folder: string): string[] | null {
  try {
    return [...Deno.readDirSync(folder)].map((entry) => entry.name);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    if (error instanceof Deno.errors.NotADirectory) {
      throw new DatasetError("not_empty", `Cannot write a dataset as this is a file: "${folder}"`);
    }
    throw error;
  }
}

/**
 * A folder in which a dataset grows. Until it is whole its files end in `.partial` and a marker says
 * that it is not; a process that dies leaves it so.
 */
export class DatasetFolder {
  readonly path: string;
  readonly #made: boolean;
  readonly #marker: Deno.FsFile;
  #open = true;

  private constructor(path: string, made: boolean, marker: Deno.FsFile) {
    this.path = path;
    this.#made = made;
    this.#marker = marker;
  }

  /**
   * Takes a missing or empty folder.
   *
   * @param note What the marker tells a reader who finds it.
   * @param replace Removes what a process that died has left; never a whole dataset.
   * @throws {DatasetError} When the folder holds anything else, or another process writes to it.
   */
  static claim(
    path: string,
    note: Readonly<Record<string, unknown>>,
    replace = false,
  ): DatasetFolder {
    const names = namesIn(path);
    if (names !== null && names.length > 0) clear(path, names, replace);
    Deno.mkdirSync(path, { recursive: true });
    const marker = newMarker(path);
    marker.writeSync(new TextEncoder().encode(jsonText({ complete: false, ...note })));
    return new DatasetFolder(path, names === null, marker);
  }

  /** Gives the files of a form their names; the marker goes last. */
  commit(manifest: string, log: string, form: DatasetForm): void {
    const at = (name: string) => join(this.path, name);
    const { MANIFEST, LOG } = DATASET_FILES;
    Deno.writeTextFileSync(at(partialName(MANIFEST)), manifest);
    Deno.writeTextFileSync(at(LOG), log);
    for (const name of [...FORM_FILES[form], MANIFEST]) {
      Deno.renameSync(at(partialName(name)), at(name));
    }
    this.#close();
    Deno.removeSync(at(MARKER));
  }

  /** Removes every file of the attempt, and the folder when it was made for it. */
  abort(): void {
    if (!this.#open) return;
    this.#close();
    for (const name of namesIn(this.path) ?? []) {
      if (OURS.has(name) && name !== MARKER) Deno.removeSync(join(this.path, name));
    }
    Deno.removeSync(join(this.path, MARKER));
    if (this.#made) Deno.removeSync(this.path);
  }

  #close(): void {
    if (this.#open) this.#marker.close();
    this.#open = false;
  }
}

/** Makes the marker and holds it, which tells others that the writer lives. */
function newMarker(path: string): Deno.FsFile {
  try {
    const marker = Deno.openSync(join(path, MARKER), { write: true, createNew: true });
    marker.tryLockSync(true);
    return marker;
  } catch (cause) {
    if (!(cause instanceof Deno.errors.AlreadyExists)) throw cause;
    throw new DatasetError("in_use", `Cannot write a dataset as another is written to "${path}"`, {
      cause,
    });
  }
}

/** Makes room in a folder that holds something, or says why not. */
function clear(path: string, names: readonly string[], replace: boolean): void {
  if (!names.includes(MARKER)) {
    throw new DatasetError(
      "not_empty",
      `Cannot write a dataset as the folder must be missing or empty: "${path}" holds ` +
        `${names.length === 1 ? `"${names[0]}"` : `${names.length} entries`}`,
    );
  }
  const held = Deno.openSync(join(path, MARKER), { read: true, write: true });
  try {
    if (!held.tryLockSync(true)) {
      throw new DatasetError("in_use", `Cannot write a dataset as another is written to "${path}"`);
    }
  } finally {
    held.close();
  }
  const foreign = names.find((name) => !OURS.has(name));
  if (foreign !== undefined) {
    throw new DatasetError(
      "not_empty",
      `Cannot replace the incomplete dataset as the folder holds another file: "${foreign}"`,
    );
  }
  if (!replace) {
    throw new DatasetError(
      "incomplete",
      `Cannot write a dataset as "${path}" holds an incomplete one, left by a process that died: ` +
        "--replace removes it",
    );
  }
  for (const name of names.filter((name) => name !== MARKER)) Deno.removeSync(join(path, name));
  Deno.removeSync(join(path, MARKER));
}

/**
 * Checks that a folder holds a whole dataset, captured or published, and tells its form.
 *
 * @throws {DatasetError} When it is marked as incomplete or lacks a file; all missing ones are named.
 */
export function checkComplete(folder: string): DatasetForm {
  const names = namesIn(folder);
  if (names === null) throw new DatasetError("missing", `Cannot find the folder: "${folder}"`);
  if (names.includes(MARKER)) {
    throw new DatasetError(
      "incomplete",
      `Cannot use "${basename(folder)}" as it is incomplete: its capture did not end`,
    );
  }
  const { MANIFEST } = DATASET_FILES;
  const form = names.includes(MANIFEST) ? formOf(join(folder, MANIFEST)) : "full";
  const missing = [...FORM_FILES[form], MANIFEST].filter((name) => !names.includes(name));
  if (missing.length === 0) return form;
  throw new DatasetError("missing", `Cannot use "${folder}" as it lacks ${missing.join(", ")}`);
}
