export { ChartPane } from "./ChartPane.tsx";
