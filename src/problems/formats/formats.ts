import { named } from '../../name-setting.js';
import type { JsonObject } from '../../storage/read-jsonl.js';
import { countSteps } from './count-steps.js';
import type { DatasetFormat, FormatName, ReadFields } from './dataset-format.js';
import { afterHashes, afterPhrase, defined, lastBoxed, readId, readLevel, readText } from './read-fields.js';

/** Rows of our own: `{id?, question, answer?, solution?, subject?, level?, steps?}`. */
const mathpie: DatasetFormat = {
  name: 'mathpie',
  title: 'rows of mathpie’s own {question, answer}',
  questionField: 'question',
  isMath: false,
  read: (row) => {
    const { answer, solution } = row;
    if (answer !== undefined && answer !== null && typeof answer !== 'string' && typeof answer !== 'number') {
      return 'has a field "answer" that is neither text nor a number';
    }
    const bare = answer === undefined || answer === null ? '' : String(answer).trim();
    if (/####/.test(bare))
      return `ends its answer in "####" as GSM8K does, in a file of bare answers; name ${named('dataset')}`;
    return readRow(row, {
      field: 'question',
      fields: {
        answer: bare === '' ? undefined : bare,
        solution: typeof solution === 'string' ? solution : undefined,
        subject: typeof row.subject === 'string' ? row.subject : typeof row.type === 'string' ? row.type : undefined,
        type: row.subject !== undefined && typeof row.type === 'string' ? row.type : undefined,
        originalQuestion: typeof row.original_question === 'string' ? row.original_question : undefined,
      },
    });
  },
};

/** GSM8K as published: `answer` is a worked solution that ends in `#### N` (Cobbe et al., 2021). */
const gsm8k: DatasetFormat = {
  name: 'gsm8k',
  title: 'GSM8K {question, answer … #### N}',
  questionField: 'question',
  isMath: false,
  read: (row) => {
    const solution = readText(row, 'answer');
    if (typeof solution === 'string') return solution;
    const answer = afterHashes(solution.text);
    if (answer === undefined)
      return `lacks the "#### N" that ends an answer of GSM8K; name ${named('dataset')} for another format`;
    const steps = countSteps(solution.text);
    return readRow(row, { field: 'question', fields: { answer, solution: solution.text, steps } });
  },
};

/** MATH as published: `{problem, solution, level: "Level 3", type}`, the answer boxed (Hendrycks et al., 2021). */
const math: DatasetFormat = {
  name: 'math',
  title: 'MATH {problem, solution … \\boxed{}}',
  questionField: 'problem',
  isMath: true,
  read: (row) => {
    const solution = typeof row.solution === 'string' ? row.solution : undefined;
    const isGiven = typeof row.answer === 'string' || typeof row.answer === 'number';
    const answer = isGiven ? String(row.answer).trim() : lastBoxed(solution ?? '');
    if (solution === undefined && answer === undefined) return 'lacks the field "solution"';
    if (answer === undefined || answer === '') return 'has a "solution" without \\boxed{}';
    const subject = typeof row.subject === 'string' ? row.subject : row.type;
    return readRow(row, {
      field: 'problem',
      fields: { answer, solution, subject: typeof subject === 'string' ? subject : undefined },
    });
  },
};

/** MATH-500 and the splits of PRM800K: `{problem, solution, answer, subject, level, unique_id}` (Lightman et al., 2023). */
const math500: DatasetFormat = {
  ...math,
  name: 'math500',
  title: 'MATH-500 {problem, solution, answer}',
  read: (row) => {
    const answer = readText(row, 'answer');
    return typeof answer === 'string' ? answer : math.read(row);
  },
};

/** MetaMath's GSM8K test file: `{query, response … #### N}`. */
const metamathGsm8k: DatasetFormat = {
  name: 'metamath-gsm8k',
  title: 'MetaMath’s evaluation rows of GSM8K {query, response … #### N}',
  questionField: 'query',
  isMath: false,
  read: (row) => {
    const response = readText(row, 'response');
    if (typeof response === 'string') return response;
    const answer = afterHashes(response.text);
    if (answer === undefined)
      return `lacks the "#### N" that ends a response of MetaMath’s GSM8K file; name ${named('dataset')}`;
    const steps = countSteps(response.text);
    return readRow(row, { field: 'query', fields: { answer, solution: response.text, steps } });
  },
};

/** MetaMath's MATH test file: `{idx, instruction, input: "", output … \boxed{}, type}`. */
const metamathMath: DatasetFormat = {
  name: 'metamath-math',
  title: 'MetaMath’s evaluation rows of MATH {instruction, output … \\boxed{}}',
  questionField: 'instruction',
  isMath: true,
  read: (row) => {
    const output = readText(row, 'output');
    if (typeof output === 'string') return output;
    const answer = lastBoxed(output.text);
    if (answer === undefined)
      return `has an "output" without \\boxed{}; name ${named('dataset')} alpaca for rows without one`;
    const subject = typeof row.type === 'string' ? row.type : undefined;
    return readRow(row, { field: 'instruction', fields: { answer, solution: output.text, subject } });
  },
};

/** MetaMathQA and other training rows of MetaMath: `{query, response … The answer is: N, type?, original_question?}`. */
const metamathqa: DatasetFormat = {
  name: 'metamathqa',
  title: 'MetaMathQA {query, response … The answer is: N}',
  questionField: 'query',
  isMath: false,
  read: (row) => {
    const response = readText(row, 'response');
    if (typeof response === 'string') return response;
    const { type, original_question: original, subject } = row;
    return readRow(row, {
      field: 'query',
      fields: {
        answer: statedAnswer(response.text),
        solution: response.text,
        type: typeof type === 'string' ? type : undefined,
        originalQuestion: typeof original === 'string' ? original : undefined,
        subject: typeof subject === 'string' ? subject : undefined,
      },
    });
  },
};

/** Alpaca: `{instruction, input, output}`; an input goes below its instruction, as MetaMath's training splits it. */
const alpaca: DatasetFormat = {
  name: 'alpaca',
  title: 'Alpaca {instruction, input, output}',
  questionField: 'instruction',
  isMath: false,
  read: (row) => {
    const output = readText(row, 'output');
    if (typeof output === 'string') return output;
    const fields = readRow(row, {
      field: 'instruction',
      fields: { answer: statedAnswer(output.text), solution: output.text },
    });
    const hasInput = typeof row.input === 'string' && row.input.trim() !== '';
    return typeof fields === 'string' || !hasInput
      ? fields
      : { ...fields, question: `${fields.question}\n${row.input}` };
  },
};

function statedAnswer(response: string): string | undefined {
  return afterPhrase(response) ?? afterHashes(response) ?? lastBoxed(response);
}

function readRow(
  row: JsonObject,
  { field, fields }: { field: string; fields: { readonly [Name in keyof ReadFields]?: ReadFields[Name] | undefined } },
): ReadFields | string {
  const question = readText(row, field);
  if (typeof question === 'string') return question;
  const id = readId(row, ['id', 'unique_id', 'idx']);
  if (typeof id === 'string') return id;
  const steps = typeof row.steps === 'number' ? row.steps : fields.steps;
  return { ...id, question: question.text, ...defined({ ...fields, level: readLevel(row.level), steps }) };
}

export const formats: Readonly<Record<FormatName, DatasetFormat>> = {
  mathpie,
  gsm8k,
  math,
  math500,
  'metamath-gsm8k': metamathGsm8k,
  'metamath-math': metamathMath,
  metamathqa,
  alpaca,
};
