export { AdminProxy, type AdminProxyOptions } from "./admin_proxy.ts";
export { createOperators, type OperatorDesk } from "./create.ts";
export {
  CSRF_HEADER,
  type Operator,
  type OperatorOptions,
  Operators,
  SESSION_COOKIE,
  type SignIn,
} from "./operators.ts";
export { hashPassphrase, MAX_PASSPHRASE_CHARS, verifyPassphrase } from "./passphrase.ts";
export { type LoginView, safeNext, showLogin, submitLogin, submitLogout } from "./sign_in.ts";
export { AdminApi } from "./admin.ts";
