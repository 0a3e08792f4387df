import type { Graph } from "./graph.ts";

/**
 * The floors of the house, the lowest first. A room may know rooms of lower floors of the same list,
 * never one of its own floor or above.
 */
export const FLOORS: Readonly<Record<string, readonly (readonly string[])[]>> = {
  "": [["engine", "fresh"], ["modules"], ["islands"], ["jobs"], ["routes"]],
  engine: [
    ["clock", "dbn", "dmath", "prng", "stats"],
    ["regime"],
    ["book", "frames", "options"],
    ["stage"],
    ["flow", "pressure", "signals", "tape"],
    ["surfaces", "trades"],
    ["particle"],
    ["analysis"],
    ["realism"],
  ],
  modules: [["kit"], ["control", "feed", "tape"]],
  jobs: [
    ["kit"],
    ["control", "feeds", "tape"],
    ["market"],
    ["lake"],
    ["research"],
    ["serve"],
    ["bench", "build", "cli", "house", "testing"],
  ],
  "jobs/lake": [
    ["bins", "contracts", "parquet"],
    ["datasets", "partitions", "tape"],
    ["capture", "pipeline", "reference"],
    ["checks", "queue"],
  ],
  "jobs/research": [["analysis", "cone", "lab", "realism", "replay"]],
  "jobs/serve": [["api", "frames", "operator", "surfaces"], ["rows"], ["replay"], ["endpoints"]],
  "islands/lib": [
    ["drawer", "text"],
    ["canvas", "socket", "table"],
    ["clock"],
    ["link"],
    ["pane"],
    ["picture", "tape"],
    ["alerts", "chain", "chart", "evidence", "heatmap", "lab", "research", "surfaces", "transport"],
    ["panes", "welcome"],
    ["workspace"],
  ],
};

/** Complaints about rooms that know a room of their own floor or above, or that stand on no floor. */
export function floorComplaints(
  folder: string,
  floors: readonly (readonly string[])[],
  rooms: Graph,
): readonly string[] {
  const found: string[] = [];
  const levelOf = (room: string) => floors.findIndex((floor) => floor.includes(room));
  for (const [room, needs] of rooms) {
    const level = levelOf(room);
    if (level < 0) {
      found.push(`${folder}/${room} stands on no floor`);
      continue;
    }
    for (const need of needs) {
      if (levelOf(need) >= level) found.push(`${folder}/${room} knows ${folder}/${need}`);
    }
  }
  return found;
}
