export { TapePane } from "./TapePane.tsx";
