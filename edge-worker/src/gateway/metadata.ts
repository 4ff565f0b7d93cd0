import { utf8Length } from "../text";
import * as ERRORS from "./errors";
import { requireThat } from "./refusal";
import { MAX_METADATA_BYTES } from "./limits";

/** Returns metadata as the binding takes it; JSON's `null` is none. */
export function metadataOption(metadata: unknown): KVNamespacePutOptions {
  if (metadata === null || metadata === undefined) {
    return {};
  }
  const length = utf8Length(JSON.stringify(metadata)) ?? 0;
  requireThat(
    length <= MAX_METADATA_BYTES,
    ERRORS.TOO_LARGE,
    `Metadata length of ${length} exceeds limit of ${MAX_METADATA_BYTES}.`,
  );
  return { metadata };
}
