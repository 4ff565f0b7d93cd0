/** What a refused call is answered with. */
export interface ApiError {
  readonly status: number;
  readonly code: number;
  readonly message: string;
}

/** Ends the handling of a call with an error answer. Its message quotes no key and no value. */
export class Refusal extends Error {
  readonly error: ApiError;

  constructor(error: ApiError, message: string = error.message) {
    super(message);
    this.error = { ...error, message };
  }
}

/** Refuses a call unless something holds that it needs. */
export function requireThat(holds: boolean, error: ApiError, message?: string): asserts holds {
  if (!holds) {
    throw new Refusal(error, message);
  }
}
