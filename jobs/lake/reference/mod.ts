export { columnReference } from "./column_reference.ts";
