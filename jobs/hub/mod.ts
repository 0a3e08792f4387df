export { Ring } from "./ring.ts";
export { Topic } from "./topic.ts";
