import type { AblateOptions, AblationEvent } from './ablate-options.js';
import type { CarriedError } from './carry-error.js';
import type { AssignedPart } from './do-part.js';

/** What an ablation says to the process of a part. */
export type ToPart = AssignedPart | 'stop';

/** What the process of a part says: what happens, and at its end what went wrong, if anything did. */
export type FromPart =
  | { readonly event: AblationEvent }
  | { readonly progress: Parameters<NonNullable<AblateOptions['onProgress']>>[0] }
  | { readonly isDone: true; readonly failure: CarriedError | undefined };
