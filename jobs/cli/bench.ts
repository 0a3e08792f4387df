import { Command } from "commander";

/** `lotus bench`: every performance claim, measured against a naive way. */
export function benchCommand(): Command {
  return new Command("bench").description("Measure every performance claim");
}
