import type { HeatmapDriver } from "../heatmap_driver.ts";
import { KEY, QUERY } from "./places.ts";

/** What the link names, else what was used last, as text; empty for the definition. */
function rememberedText(inLink: boolean): string {
  const named = inLink ? new URLSearchParams(location.search).get(QUERY) : null;
  if (named !== null) return named;
  try {
    return localStorage.getItem(KEY) ?? "";
  } catch {
    return ""; // storage is refused in some private windows
  }
}

/**
 * Puts the experiment of the link, else the last one, in force. The code that reads it is fetched only
 * when there is one.
 *
 * @param inLink Whether this page keeps it in its link.
 */
export async function restoreExperiment(driver: HeatmapDriver, inLink: boolean): Promise<void> {
  const text = rememberedText(inLink);
  if (text === "") return;
  const { readParameters } = await import("./on_demand.ts");
  driver.setParameters(readParameters(text));
}
