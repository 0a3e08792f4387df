/** The stream under the path that older clients use. */
export { handler } from "../pressure/stream.ts";
