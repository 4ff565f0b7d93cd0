import { secured } from "./protection/secured";
import { worker } from "./worker";

/** For sessions whose ids are signed, keys hashed or records sealed, too. */
export default worker(secured());
