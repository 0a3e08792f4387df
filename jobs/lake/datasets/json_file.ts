import { z } from "zod";
import { DatasetError } from "./dataset_error.ts";

/** Version of manifests that this release reads and writes. */
const FORMAT = 1;

const Versioned = z.looseObject({ schema_ver: z.int() });

function checkVersion(value: unknown, path: string): void {
  const { data } = Versioned.safeParse(value);
  if (data === undefined || data.schema_ver <= FORMAT) return;
  const found = data.schema_ver;
  throw new DatasetError(
    "newer_format",
    `Cannot read "${path}": it has format ${found}, and this release knows ${FORMAT} and older ones`,
  );
}

/** Reads JSON of a known shape. @throws {DatasetError} `damaged` when it has another. */
export function readJsonFile<T>(path: string, schema: z.ZodType<T>): T {
  try {
    const value: unknown = JSON.parse(Deno.readTextFileSync(path));
    checkVersion(value, path);
    return schema.parse(value);
  } catch (cause) {
    if (cause instanceof DatasetError) throw cause;
    throw new DatasetError("damaged", `Cannot read "${path}": it is missing or damaged`, { cause });
  }
}
