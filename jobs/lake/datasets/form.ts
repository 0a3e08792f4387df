import { z } from "zod";
import type { DatasetForm } from "./file_names.ts";
import { readJsonFile } from "./json_file.ts";

/** Folders of older releases have one form and do not name it. */
const Formed = z.looseObject({ form: z.enum(["full", "compact"]).default("full") });

/** The form that a manifest names. @throws {DatasetError} When it is none. */
export function formOf(path: string): DatasetForm {
  return readJsonFile(path, Formed).form;
}
