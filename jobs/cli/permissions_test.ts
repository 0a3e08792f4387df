import { join } from "node:path";
import { deepStrictEqual, ok, throws } from "node:assert/strict";
import { fileAccess, PathError, type PathSettings, permissionFlags } from "./permissions.ts";

const PLAIN: PathSettings = {
  dataDir: "data",
  feed: "synthetic",
  samples: "",
  instrument: "",
  instrumentConfigPath: "",
  latencyFile: "",
};

Deno.test("fileAccess() names what the settings name and no more", () => {
  deepStrictEqual(fileAccess(PLAIN, "/app", "/app"), {
    read: ["/app", "/app/data", "/app/_fresh"],
    write: ["/app/data", "/app/_fresh"],
  });
  const named = {
    ...PLAIN,
    dataDir: "/var/lotus",
    feed: "tapes/a.dbn",
    latencyFile: "/log/l.jsonl",
  };
  deepStrictEqual(fileAccess({ ...named, samples: "/s" }, "/app", "/home/me"), {
    read: ["/app", "/var/lotus", "/app/_fresh", "/log/l.jsonl", "/s", "/home/me/tapes"],
    write: ["/var/lotus", "/app/_fresh", "/log/l.jsonl"],
  });
});

Deno.test("permissionFlags() refuses a path that the runtime would read as two", () => {
  throws(() => permissionFlags({ read: ["/a,b"], write: [] }), PathError);
});

Deno.test("permissionFlags() holds in a real process: its folder, no other, no process, no import", async () => {
  const root = await Deno.makeTempDir({ prefix: "lotus-permissions-" });
  try {
    const script = `${root}/probe.ts`;
    await Deno.writeTextFile(
      script,
      `const tried = {
        own: () => Deno.writeTextFileSync("${root}/data/x", "1"),
        read: () => Deno.readTextFileSync("/etc/hostname"),
        write: () => Deno.writeTextFileSync("${root}/x", "1"),
        run: () => new Deno.Command("true").outputSync(),
        ffi: () => Deno.dlopen("libc.so.6", {}),
        load: () => import(["https:", "", "example.org", "x.ts"].join("/")),
      };
      const got: string[] = [];
      for (const [name, act] of Object.entries(tried)) {
        try { await act(); got.push(name); } catch (error) {
          if (!(error instanceof Error)) throw error;
          got.push(name + ": " + (/Requires \\w+ access/.exec(error.message)?.[0] ?? error.name));
        }
      }
      console.log(JSON.stringify(got));`,
    );
    await Deno.mkdir(`${root}/data`);
    const flags = permissionFlags(fileAccess(PLAIN, root, root));
    const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "--no-check", "--quiet", ...flags, script],
      cwd: root,
      env: { NO_COLOR: "1" },
    }).output();
    const text = new TextDecoder();
    ok(stdout.length > 0, text.decode(stderr));
    deepStrictEqual(JSON.parse(text.decode(stdout)), [
      "own",
      "read: Requires read access",
      "write: Requires write access",
      "run: Requires run access",
      "ffi: Requires ffi access",
      "load: Requires import access",
    ]);
  } finally {
    await Deno.remove(root, { recursive: true });
  }
});

Deno.test("the launcher ends in one line that names what is wrong", async () => {
  const run = async (env: Record<string, string>) => {
    const { code, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", "--no-check", "--quiet", join(import.meta.dirname ?? ".", "start.ts")],
      env: { NO_COLOR: "1", ...env },
    }).output();
    return [code, new TextDecoder().decode(stderr)];
  };
  deepStrictEqual(await run({ LOTUS_DATA_DIR: "/a,b" }), [
    1,
    'Cannot allow a path with a comma in it: "/a,b"\n',
  ]);
  deepStrictEqual(await run({ LOTUS_PORT: "99999" }), [
    1,
    'LOTUS_PORT must be 0 to 65535: it is "99999"\n',
  ]);
});
