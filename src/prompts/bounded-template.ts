import * as library from '@huggingface/jinja';

// The package's declarations import each other without endings, which this module resolution does not follow, and hide the steps of the interpreter
type Arguments = [Value[], Map<string, Value>];
type Evaluating = {
  evaluate(statement: unknown, environment: object): unknown;
  evaluateArguments(given: unknown, environment: object): Arguments;
  evaluateBinaryExpression(node: Binary, environment: object): unknown;
  evaluateCallExpression(node: Call, environment: object): unknown;
  applyFilter(operand: Value, filter: Filter, environment: object): unknown;
  run(program: unknown): unknown;
};
const { Environment, Interpreter, parse, tokenize } = library as unknown as {
  readonly Environment: new () => { set(name: string, value: unknown): void };
  readonly Interpreter: new (environment: object) => Evaluating;
  readonly parse: (tokens: unknown) => unknown;
  readonly tokenize: (source: string, options: object) => unknown;
};

/**
 * What a template may do, far above what any of those recorded in configs/ does: nodes that are evaluated, counted with the lengths of lists that are gone through, a hundredth of those of others and of texts,
 * and a thousandth of what a search may compare; lists and texts as they are written out; blanks in a row, which the tokenizer reads again and again; and the size of the source.
 */
const most = { steps: 500_000, list: 30_000, text: 8_000_000, number: 1_000_000, blanks: 1_000, source: 1_000_000 };

/** A list is a list of the interpreter's own values, a dictionary or namespace a map of them. */
type Value = { readonly value?: unknown };

/** `for x in list`, and `for x in list if …`, where the list is one step further in. */
type Loop = { readonly type: 'For'; readonly iterable: { readonly lhs?: object } };
const isLoop = (statement: unknown): statement is Loop => (statement as Partial<Loop> | undefined)?.type === 'For';

type Binary = { readonly operator: { readonly value: string }; readonly left: unknown; readonly right: unknown };
type Call = { readonly callee: { readonly object?: unknown } };
type Filter = { readonly value?: string; readonly callee?: { readonly value: string }; readonly args?: unknown };

/** A search under way: the nodes that give both texts, and their lengths as far as they are known. */
type Search = { readonly what?: unknown; readonly where?: unknown; whatLength?: number; whereLength?: number };

class BoundedInterpreter extends Interpreter {
  #steps = 0;
  /** What loops go through, item by item. */
  readonly #walked = new WeakSet<object>();
  /** The innermost call, filter or `in` is the last. */
  readonly #searches: Search[] = [];

  override evaluate(statement: unknown, environment: object): unknown {
    this.count(1);
    if (isLoop(statement)) this.#walked.add(statement.iterable.lhs ?? statement.iterable);
    const result = super.evaluate(statement, environment);
    const { value } = result as Value;
    if (typeof value === 'string') {
      if (value.length > most.text) throw new Error(`it makes a text of more than ${most.text} characters`);
      this.count(value.length / 100);
      const search = this.#searches.at(-1);
      if (search !== undefined && statement === search.what) this.#search({ whatLength: value.length });
      if (search !== undefined && statement === search.where) this.#search({ whereLength: value.length });
    } else if (Array.isArray(value) || value instanceof Map) {
      const { values } = writtenSize(result as Value);
      const isWalked = Array.isArray(value) && this.#walked.has(statement as object);
      this.count(isWalked ? value.length + values / 100 : values / 100);
    } else if (typeof value === 'number' && Math.abs(value) > most.number) {
      throw new Error(`it makes a number above ${most.number}`);
    }
    return result;
  }

  override evaluateBinaryExpression(node: Binary, environment: object): unknown {
    const isSearch = node.operator.value.endsWith('in');
    return this.#during(isSearch ? { what: node.left, where: node.right } : {}, () =>
      super.evaluateBinaryExpression(node, environment),
    );
  }

  /** A method gets its arguments before what it is a method of is known. */
  override evaluateCallExpression(node: Call, environment: object): unknown {
    const { object } = node.callee;
    return this.#during(object === undefined ? {} : { where: object }, () =>
      super.evaluateCallExpression(node, environment),
    );
  }

  override evaluateArguments(given: unknown, environment: object): Arguments {
    const [positional, named] = super.evaluateArguments(given, environment);
    const what = positional[0]?.value;
    if (typeof what === 'string') this.#search({ whatLength: what.length });
    return [positional, named];
  }

  override applyFilter(operand: Value, filter: Filter, environment: object): unknown {
    const { value } = operand;
    if (typeof value === 'string')
      return this.#during({ whereLength: value.length }, () => super.applyFilter(operand, filter, environment));
    if (!Array.isArray(value) && !(value instanceof Map))
      return this.#during({}, () => super.applyFilter(operand, filter, environment));
    return this.#during({}, () => {
      const { values, characters, depth } = writtenSize(operand);
      // Each item is compared with several others; 16 is the logarithm of the longest list
      this.count((characters * ((filter.value ?? filter.callee?.value) === 'sort' ? 16 : 1)) / 100);
      if (filter.callee?.value === 'tojson') {
        const [, named] = super.evaluateArguments(filter.args, environment);
        const { value: indent } = named.get('indent') ?? {};
        const { value: marks } = named.get('separators') ?? {};
        const between = Array.isArray(marks)
          ? marks.reduce((longest, mark) => Math.max(longest, String(mark.value).length), 0)
          : 2;
        if (values * (between + Number(indent ?? 0) * depth) > most.text)
          throw new Error(`it makes a text of more than ${most.text} characters`);
      }
      return super.applyFilter(operand, filter, environment);
    });
  }

  count(steps: number): void {
    this.#steps += steps;
    if (this.#steps > most.steps) throw new Error(`it takes more than ${most.steps} steps`);
  }

  /** Counts what a search may compare, once both lengths are known. */
  #search(known: Pick<Search, 'whatLength' | 'whereLength'>): void {
    const search = this.#searches.at(-1);
    if (search === undefined) return;
    const { whatLength, whereLength } = Object.assign(search, known);
    if (whatLength !== undefined && whereLength !== undefined) this.count((whatLength * whereLength) / 1000);
  }

  #during<Result>(search: Search, work: () => Result): Result {
    this.#searches.push(search);
    try {
      return work();
    } finally {
      this.#searches.pop();
    }
  }
}

/** How long a list or dictionary is once it is written out: what it holds in two places counts twice, and what holds itself never ends. Throws where that is over a bound. */
function writtenSize(whole: Value): { readonly values: number; readonly characters: number; readonly depth: number } {
  let [values, characters, deepest] = [1, 0, 1];
  const waiting: [unknown, number][] = [[whole.value, 1]];
  const add = (value: unknown, depth: number): void => {
    if (typeof value === 'string') characters += value.length;
    else if (Array.isArray(value) || value instanceof Map) waiting.push([value, depth]);
  };
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const [value, depth] = next;
    deepest = Math.max(deepest, depth);
    const items = value as readonly Value[] | ReadonlyMap<unknown, Value>;
    values += 'length' in items ? items.length : items.size;
    if (values > most.list) throw new Error(`it makes a list of more than ${most.list} values`);
    if (items instanceof Map) for (const key of items.keys()) characters += String(key).length;
    for (const item of items.values()) add(item.value, depth + 1);
    if (characters > most.text) throw new Error(`it makes a list of more than ${most.text} characters`);
  }
  return { values, characters, depth: deepest };
}

/**
 * Renders a Jinja template of a stranger: steps, lists, texts and numbers are bounded by counting, not by a clock, so that the same template fails or
 * does not on every machine. Throws `Error` for what is over a bound, and what the template itself raises.
 */
export function renderBounded(source: string, variables: { readonly [name: string]: unknown }): string {
  if (source.length > most.source) throw new Error(`it is longer than ${most.source} characters`);
  if (new RegExp(`\\s{${most.blanks}}`).test(source)) throw new Error(`it has ${most.blanks} blanks in a row`);
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
