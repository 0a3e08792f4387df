export { WELCOME_COOKIE, WelcomeStrip, type WelcomeStripProps } from "./WelcomeStrip.tsx";
