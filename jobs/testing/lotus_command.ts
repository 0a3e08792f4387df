import { ROOT } from "../house/sources.ts";

/** How a command of `lotus` ended. */
interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** `lotus` as a process of its own. @param env Settings beside those of the test's own process. */
export function lotusCommand(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  stdin: "null" | "piped" = "null",
): Deno.Command {
  return new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-check", "--quiet", "-A", `${ROOT}/jobs/cli/main.ts`, ...args],
    cwd: ROOT,
    env: { NO_COLOR: "1", ...env },
    stdin,
    stdout: "piped",
    stderr: "piped",
  });
}

/** Runs `lotus` to its end, as a user would. */
export async function lotusIn(
  env: Readonly<Record<string, string>>,
  ...args: readonly string[]
): Promise<Outcome> {
  const { code, stdout, stderr } = await lotusCommand(args, env).output();
  const text = new TextDecoder();
  return { code, out: text.decode(stdout), err: text.decode(stderr) };
}

/** The same with no settings of its own. */
export function lotus(...args: readonly string[]): Promise<Outcome> {
  return lotusIn({}, ...args);
}
