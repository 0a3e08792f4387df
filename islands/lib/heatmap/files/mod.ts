export { FileOffer, openInHeatmap } from "./FileOffer.tsx";
