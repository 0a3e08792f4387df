export { type Connection, type LinkState } from "./connection.ts";
export { type NamedQuery, RowLink, type RowMessage } from "./row_link.ts";
export { numberOf, RowWireError, textOf, type Wire, wireOf } from "./row_wire.ts";
export { FrameLink } from "./frame_link.ts";
