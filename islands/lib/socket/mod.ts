export { type NamedQuery, RowLink, type RowMessage } from "./row_link.ts";
export { StreamClient } from "./stream_client.ts";
