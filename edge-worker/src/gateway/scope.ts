import * as ERRORS from "./errors";
import { requireThat } from "./refusal";

/** Opens the whole namespace. For tests of the gateway itself. */
const EVERYTHING = "*";

/** The keys that this gateway opens: whoever holds its secret reaches these and no others. Immutable. */
export class KeyScope {
  private readonly prefixes: readonly string[];

  /** @param prefixes at least one; those that another one covers are dropped */
  constructor(prefixes: readonly string[]) {
    const all = prefixes.length === 1 && prefixes[0] === EVERYTHING ? [""] : [...new Set(prefixes)].sort();
    this.prefixes = all.filter((prefix) => !all.some((other) => other !== prefix && prefix.startsWith(other)));
  }

  require(key: string): string {
    requireThat(
      this.prefixes.some((prefix) => key.startsWith(prefix)),
      ERRORS.OUTSIDE_PREFIXES,
    );
    return key;
  }

  /**
   * Returns the prefixes to list, one after the other, for one that a caller asked for. A shorter one,
   * such as none at all, stands for all open prefixes below it.
   */
  listed(prefix: string): readonly string[] {
    if (this.prefixes.some((open) => prefix.startsWith(open))) {
      return [prefix];
    }
    const below = this.prefixes.filter((open) => open.startsWith(prefix));
    requireThat(below.length > 0, ERRORS.OUTSIDE_PREFIXES);
    return below;
  }
}
