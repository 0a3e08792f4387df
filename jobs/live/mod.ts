export { LiveHost, type LiveHostOptions, type SocketRequest } from "./live_host.ts";
