/**
 * `lotus decode` as it is, that tells on its last line of the standard error what it took: a JSON
 * object with `peakMb`, the most memory it ever held, and `cpuMs`, the processor time of the whole
 * process, its start included.
 */
import process from "node:process";
import { decodeCommand } from "../cli/decode.ts";

await decodeCommand().parseAsync();
const peakKib = Number(
  /VmHWM:\s+(\d+) kB/.exec(Deno.readTextFileSync("/proc/self/status"))?.[1],
);
const { user, system } = process.cpuUsage();
console.error(JSON.stringify({ peakMb: peakKib * 1.024e-3, cpuMs: (user + system) / 1_000 }));
