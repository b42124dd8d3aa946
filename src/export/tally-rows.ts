import { splitThinking } from '../answers/extract/split-thinking.js';
import { japaneseLetter } from '../answers/parse/spell-japanese.js';
import { recognizePocket } from '../problems/pocket/recognize.js';

/** What a data set card says about the rows; each map holds counts by name, in order of first appearance. */
export type Tally = {
  readonly rows: number;
  readonly types: ReadonlyMap<string, number>;
  readonly models: ReadonlyMap<string, number>;
  readonly prompts: ReadonlyMap<string, number>;
  readonly rules: ReadonlyMap<string, number>;
  /** Rows with a question in Japanese; the others count as English. */
  readonly japanese: number;
  /** Rows that do not name the model that wrote their answer. */
  readonly unsigned: number;
  /** Whether there are problems that the pocket grammar writes, and others; problems of a model that the row names are neither. */
  readonly hasGrammarProblems: boolean;
  readonly hasOtherProblems: boolean;
  /** Rows that hold what a model thought, in fields of its own or in a response. */
  readonly thought: number;
};

/** Counts rows while they stream by; read `tally()` when they are through. */
export function tallyRows<Row extends object>(
  rows: Iterable<Row> | AsyncIterable<Row>,
): {
  rows: AsyncIterable<Row>;
  tally: () => Tally;
} {
  let total = 0;
  let japanese = 0;
  let thought = 0;
  let unsigned = 0;
  const origins = sortOrigins();
  const counts = { types: new Map(), models: new Map(), prompts: new Map(), rules: new Map() } as Record<
    'types' | 'models' | 'prompts' | 'rules',
    Map<string, number>
  >;
  const add = (kind: keyof typeof counts, name: unknown): void => {
    if (typeof name === 'string' && name !== '') counts[kind].set(name, (counts[kind].get(name) ?? 0) + 1);
  };
  async function* pass(): AsyncGenerator<Row> {
    for await (const row of rows) {
      const fields = row as { readonly [field: string]: unknown };
      const configs = fields.gen_response_configs as
        | { output_generator?: unknown; prompt?: unknown }
        | null
        | undefined;
      const inputs = fields.gen_input_configs as { input_generator?: unknown } | null | undefined;
      total += 1;
      if (japaneseLetter.test(String(fields.query ?? fields.instruction ?? fields.question ?? ''))) japanese += 1;
      if (holdsThought(fields)) thought += 1;
      add('types', fields.type ?? ('preferred_response' in fields ? 'preference pair' : 'Magpie'));
      const writer = fields.model ?? fields.output_generator ?? configs?.output_generator;
      add('models', writer);
      if (typeof writer !== 'string' || writer === '') unsigned += 1;
      if (typeof inputs?.input_generator !== 'string') origins.add(problemOf(row));
      if (inputs?.input_generator !== writer) add('models', inputs?.input_generator);
      add('prompts', fields.prompt ?? configs?.prompt);
      add('rules', fields.rule);
      yield row;
    }
  }
  return { rows: pass(), tally: () => ({ rows: total, japanese, thought, unsigned, ...origins.found(), ...counts }) };
}

/** What all rows of a problem have in common. */
export function problemOf(row: object): string {
  const fields = row as { readonly [field: string]: unknown };
  const text = fields.original_question ?? fields.instruction ?? fields.query ?? fields.question;
  return typeof text === 'string' ? text : '';
}

/** Looks at each problem once, and at no more of them behind the first that the grammar does not read. */
function sortOrigins(): {
  add: (problem: string) => void;
  found: () => Pick<Tally, 'hasGrammarProblems' | 'hasOtherProblems'>;
} {
  let hasGrammarProblems = false;
  let hasOtherProblems = false;
  const seen = new Set<string>();
  return {
    add: (problem) => {
      if (hasOtherProblems || seen.has(problem)) return;
      if (seen.size >= mostSeen) seen.clear();
      seen.add(problem);
      if (recognizePocket(problem) === undefined) hasOtherProblems = true;
      else hasGrammarProblems = true;
    },
    found: () => ({ hasGrammarProblems, hasOtherProblems }),
  };
}

/** So many texts stay in memory; past them a problem may be read a second time. */
const mostSeen = 50_000;

function holdsThought(fields: { readonly [field: string]: unknown }): boolean {
  const own = [fields.thinking, fields.preferred_thinking, fields.rejected_thinking];
  if (own.some((thought) => typeof thought === 'string' && thought.trim() !== '')) return true;
  const said = [fields.response, fields.preferred_response, fields.rejected_response];
  return said.some((text) => typeof text === 'string' && splitThinking(text).thinking !== undefined);
}
