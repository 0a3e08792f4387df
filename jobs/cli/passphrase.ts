import { Command } from "commander";
import { hashPassphrase, MAX_PASSPHRASE_CHARS } from "../serve/operator/mod.ts";
import { standardOutput } from "./output.ts";

/** Shortest passphrase that is accepted, characters. */
const MIN_CHARS = 12;

/** `lotus passphrase`: the hash of an operators' passphrase, for the environment. */
export function passphraseCommand(): Command {
  return new Command("passphrase")
    .description("Read a passphrase and print its hash for LOTUS_OPERATOR_PASSPHRASE_HASH")
    .option("--json", "one JSON object")
    .addHelpText(
      "after",
      "\nThe passphrase is asked for, or read as one line from standard input.\n\n" +
        "Example:\n  export LOTUS_OPERATOR_PASSPHRASE_HASH=$(lotus passphrase)\n",
    )
    .action(async (options: { json?: boolean }) => {
      const passphrase = Deno.stdin.isTerminal() ? await ask() : await firstLine();
      const length = [...passphrase].length;
      if (length < MIN_CHARS || length > MAX_PASSPHRASE_CHARS) {
        throw new RangeError(
          `Cannot use a passphrase of ${length} characters: it must have ${MIN_CHARS} to ${MAX_PASSPHRASE_CHARS}`,
        );
      }
      const hash = await hashPassphrase(passphrase);
      standardOutput(options.json ?? false).result(hash, { hash });
    });
}

async function firstLine(): Promise<string> {
  const text = await new Response(Deno.stdin.readable).text();
  return (text.split("\n")[0] ?? "").replace(/\r$/, "");
}

/** Asks on the terminal without showing what is typed; the question does not mix with the result. */
async function ask(): Promise<string> {
  const write = (text: string) => Deno.stderr.write(new TextEncoder().encode(text));
  await write("Passphrase: ");
  Deno.stdin.setRaw(true);
  try {
    return await readHidden();
  } finally {
    Deno.stdin.setRaw(false);
    await write("\n");
  }
}

async function readHidden(): Promise<string> {
  const decoder = new TextDecoder();
  const chunk = new Uint8Array(256);
  let typed = "";
  while (true) {
    const count = await Deno.stdin.read(chunk);
    if (count === null) return typed;
    for (const key of decoder.decode(chunk.subarray(0, count), { stream: true })) {
      if (key === "\r" || key === "\n") return typed;
      if (key === "\x03") throw new Error("Cannot go on: interrupted");
      if (key === "\x7f" || key === "\b") typed = [...typed].slice(0, -1).join("");
      else typed += key;
    }
  }
}
