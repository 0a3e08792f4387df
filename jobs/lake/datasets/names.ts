import { DatasetError } from "./dataset_error.ts";

const NAME = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/;

/**
 * Checks a name that becomes a folder.
 *
 * @param what What the name is for, as it stands in the message.
 * @throws {DatasetError} `bad_name` when it is none.
 */
export function checkName(what: string, name: string): string {
  if (NAME.test(name)) return name;
  throw new DatasetError(
    "bad_name",
    `Cannot use "${name}" as ${what}: it must be 1 to 128 letters, digits, ".", "_" or "-", and ` +
      "not begin with a dot",
  );
}

/**
 * Names of workspaces out of a comma-separated list: trimmed, each once, in order.
 *
 * @throws {DatasetError} `bad_name` at the first that cannot be a folder.
 */
export function agentNames(text: string): readonly string[] {
  const names = text.split(",").map((name) => name.trim()).filter((name) => name !== "");
  return [...new Set(names)].map((name) => checkName("a workspace", name));
}
