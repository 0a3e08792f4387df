export { AdminApi, type AdminResource } from "./admin.ts";
export { AdminProxy } from "./admin_proxy.ts";
export { createOperators } from "./create.ts";
export { isOpenAddress } from "./loopback.ts";
export { Operators } from "./operators.ts";
export { hashPassphrase, MAX_PASSPHRASE_CHARS, verifyPassphrase } from "./passphrase.ts";
export {
  type LoginAnswer,
  type LoginView,
  showLogin,
  submitLogin,
  submitLogout,
} from "./sign_in.ts";
