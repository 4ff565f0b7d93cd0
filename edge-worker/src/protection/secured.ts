import type { ReadOptions } from "../session/read-session";
import { protectedIds, type TenantOf } from "./protected-ids";
import { Mistake } from "./key-ring";
import { protectionOf, requiredProtectionOf } from "./protection";
import { isSealed, openRecord } from "./sealed-record";

/**
 * Lets `readSession` and `withSession` read sessions whose ids are signed, keys hashed or records sealed, as the
 * variables say.
 * @param tenant if the application has a `SessionTenant`: what that says of a request. Without it, the session of one
 *   tenant counts on the pages of another
 */
export function secured(tenant?: TenantOf): ReadOptions {
  return {
    resolve: (request, env) => protectedIds(request, env, tenant),
    async open(stored, key, env) {
      const { sealing, required } = await requiredProtectionOf(env);
      if (required.includes("sealed") && !isSealed(stored)) {
        return "";
      }
      return sealing === undefined ? stored : openRecord(stored, key, sealing);
    },
    async mistake(env) {
      const protection = await protectionOf(env);
      return protection instanceof Mistake ? protection.message : undefined;
    },
  };
}
