import * as library from '@huggingface/jinja';

// The package's declarations import each other without endings, which this module resolution does not follow
type Evaluating = { evaluate(statement: unknown, environment: object): unknown; run(program: unknown): unknown };
const { Environment, Interpreter, parse, tokenize } = library as unknown as {
  readonly Environment: new () => { set(name: string, value: unknown): void };
  readonly Interpreter: new (environment: object) => Evaluating;
  readonly parse: (tokens: unknown) => unknown;
  readonly tokenize: (source: string, options: object) => unknown;
};

/**
 * What a template may do, far above what any of those recorded in configs/ does: nodes that are evaluated, counted with the lengths of lists that are gone through, and a hundredth of those of others and of texts, and the size of the source.
 */
const most = { steps: 500_000, list: 30_000, text: 8_000_000, number: 1_000_000, source: 1_000_000 };

/** A list is a list of the interpreter's own values. */
type Value = { readonly value?: unknown };

/** `for x in list`, and `for x in list if …`, where the list is one step further in. */
type Loop = { readonly type: 'For'; readonly iterable: { readonly lhs?: object } };
const isLoop = (statement: unknown): statement is Loop => (statement as Partial<Loop> | undefined)?.type === 'For';

class BoundedInterpreter extends Interpreter {
  #steps = 0;
  /** What loops go through, item by item. */
  readonly #walked = new WeakSet<object>();

  override evaluate(statement: unknown, environment: object): unknown {
    this.count(1);
    if (isLoop(statement)) this.#walked.add(statement.iterable.lhs ?? statement.iterable);
    const result = super.evaluate(statement, environment);
    const { value } = result as Value;
    if (typeof value === 'string') {
      if (value.length > most.text) throw new Error(`it makes a text of more than ${most.text} characters`);
      this.count(value.length / 100);
    } else if (Array.isArray(value)) {
      if (value.length > most.list) throw new Error(`it makes a list of more than ${most.list} values`);
      this.count(this.#walked.has(statement as object) ? value.length : value.length / 100);
    } else if (typeof value === 'number' && Math.abs(value) > most.number) {
      throw new Error(`it makes a number above ${most.number}`);
    }
    return result;
  }

  count(steps: number): void {
    this.#steps += steps;
    if (this.#steps > most.steps) throw new Error(`it takes more than ${most.steps} steps`);
  }
}

/**
 * Renders a Jinja template of a stranger: steps, lists, texts and numbers are bounded by counting, not by a clock, so that the same template fails or
 * does not on every machine. Throws `Error` for what is over a bound, and what the template itself raises.
 */
export function renderBounded(source: string, variables: { readonly [name: string]: unknown }): string {
  if (source.length > most.source) throw new Error(`it is longer than ${most.source} characters`);
  const environment = new Environment();
  const interpreter = new BoundedInterpreter(environment);
  const globals = {
    ...{ true: true, false: false, none: null, True: true, False: false, None: null },
    raise_exception: (message: string) => {
      throw new Error(message);
    },
    range: (start: number, stop?: number, step?: number) => {
      const made = range(start, stop, step);
      interpreter.count(made.length / 100);
      return made;
    },
  };
  for (const [name, value] of Object.entries({ ...globals, ...variables })) environment.set(name, value);
  // As transformers reads them
  const program = parse(tokenize(source, { lstrip_blocks: true, trim_blocks: true }));
  return String((interpreter.run(program) as Value).value);
}

/** Python's, which refuses a step of 0; no longer than a list may be. */
function range(start: number, stop?: number, step = 1): number[] {
  const [from, to] = stop === undefined ? [0, start] : [start, stop];
  if (step === 0) throw new Error('range() step must not be zero');
  const length = Math.max(0, Math.ceil((to - from) / step));
  if (!(length <= most.list)) throw new Error(`it makes a list of more than ${most.list} values`);
  return Array.from({ length }, (_, index) => from + index * step);
}
