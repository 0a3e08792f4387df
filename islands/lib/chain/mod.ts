export { ChainPane } from "./ChainPane.tsx";
