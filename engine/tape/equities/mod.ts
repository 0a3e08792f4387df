export { EquitiesTape, type EquityOutput } from "./equities_tape.ts";
