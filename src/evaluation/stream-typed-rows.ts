import { streamProblems } from '../problems/stream-problems.js';

export type TypedRow = {
  readonly id: string;
  readonly question: string;
  readonly solution: string;
  readonly type: string | undefined;
};

/** The rows of a training set with their augmentation types, which are not the subjects of MATH. */
export async function* streamTypedRows(
  file: string,
  { signal }: { readonly signal?: AbortSignal | undefined },
): AsyncGenerator<TypedRow> {
  let isOwn = false;
  const onFormat = ({ name }: { readonly name: string }): void => {
    isOwn = name === 'mathpie';
  };
  for await (const { id, question, solution = '', type, subject } of streamProblems({ file, onFormat })) {
    signal?.throwIfAborted();
    // Rows of our own that have a type and no subject are read with the type as their subject
    yield { id, question, solution, type: type ?? (isOwn ? subject : undefined) };
  }
}
