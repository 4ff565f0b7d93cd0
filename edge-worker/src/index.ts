import { worker } from "./worker";

/** For sessions without protections of their own, which `secure.ts` understands. */
export default worker();
