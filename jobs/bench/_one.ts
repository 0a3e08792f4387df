import { CPU_BENCHES } from "./benches.ts";

/** Runs one bench in this process and prints its rows; a process each keeps the compiler fair. */
const [name = ""] = Deno.args;
const bench = CPU_BENCHES.get(name);
if (bench === undefined) throw new RangeError(`Cannot find the bench: "${name}"`);
console.log(JSON.stringify(await bench(() => performance.now())));
