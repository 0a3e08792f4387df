export { Ring } from "./ring.ts";
export { Topic } from "./topic.ts";
export { createLogger, type Fields, type Logger, type LogLevel } from "./logger.ts";
