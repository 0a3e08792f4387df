import { loadConfig } from "../../../config.ts";
import { ResultStore } from "./result_store.ts";

let store: ResultStore | null = null;

/** The results under this process's data folder. */
export function researchResults(): ResultStore {
  store ??= new ResultStore(loadConfig().dataDir);
  return store;
}
