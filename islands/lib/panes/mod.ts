export { PANES } from "./panes.ts";
export { firstColumnRules } from "./first_columns.ts";
