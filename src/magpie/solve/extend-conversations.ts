import { InputError } from '../../errors.js';
import type { ChatMessage } from '../../models/language-model.js';
import { findSpecialStrings } from '../../prompts/find-special-strings.js';
import { itemSeed } from '../../runs/item-seed.js';
import type { RunRecord } from '../../runs/run-record.js';
import { runStage } from '../../runs/run-stage.js';
import { responseTokens } from '../../steps/answer-tokens.js';
import { renderRequest } from '../../steps/render-request.js';
import { rareSampling, settleResponseSettings } from '../../steps/response-presets.js';
import { settle } from '../../steps/setting.js';
import { chooseSolvePrompt } from '../../steps/solve-prompt.js';
import type { StageFields } from '../../steps/stage-fields.js';
import { takenFields, takeResponse } from '../../steps/take-response.js';
import { checkInstruction, normalInstruction } from '../draw/check-instruction.js';
import { askOpening, openUserTurn } from '../draw/open-user-turn.js';
import { type MagpieRow, rowKey } from '../rows/magpie-row.js';
import { outputName } from '../rows/output-name.js';
import { extend as step } from './extend.js';
import type { RespondOptions } from './solve-instructions.js';

/** The defaults are those of the step `extend`. */
export type ExtendOptions = RespondOptions & {
  /** Turns a conversation has in the end, the first one included. */
  readonly turns?: number;
  /** Of what the model says in the user's place; `temperature` is that of the answers. */
  readonly instructionTemperature?: number;
  /** Longest turn in the user's place, in tokens. */
  readonly instructionMaxTokens?: number;
};

/** A row with `instruction_2`, `response_2` and so on, the original's field names. */
export type ExtendedRow = MagpieRow & {
  /** Turns that were asked and answered, the first one included. */
  readonly turns: number;
  /** Why the conversation ends before the last turn wanted. */
  readonly extend_failed: string | null;
  readonly [turn: `${'instruction' | 'response' | 'thinking' | 'extracted'}_${number}`]: string | null | undefined;
};

export type ExtendResult = {
  readonly rows: readonly ExtendedRow[];
  readonly fileName: string;
  /** Conversations that ended early, by reason. */
  readonly failed: Readonly<Record<string, number>>;
};

type Talk = { readonly id: string; readonly history: readonly ChatMessage[]; readonly preQuery: string };

/**
 * Goes on with conversations: after its answer the model speaks in the user's place again, from the text that its chat template puts
 * in front of a next user turn, and answers. A turn that is cut, empty, a repetition, or holds special tokens ends its conversation,
 * counted under its reason; what was said before stays. Throws `ModelError` for a model that takes chat messages only.
 */
export async function extend(options: ExtendOptions): Promise<ExtendResult> {
  const { instructions, run, model, seed = run.seed, signal, onProgress } = options;
  const { turns, instructionTemperature, instructionMaxTokens } = settle(step.settings, options);
  if (!(Number.isInteger(turns) && turns >= 2)) {
    throw new InputError(`Cannot extend to ${turns} turns: give a whole number from 2`);
  }
  const { temperature, topP, maxTokens, directive, ...settled } = settleResponseSettings(
    options,
    responseTokens(model.name),
  );
  const more = rareSampling(settled);
  const promptSet = chooseSolvePrompt(model, { promptSet: options.promptSet, directive });
  // Solved examples would stand in the middle of the conversation
  const { examples: _, ...bare } = promptSet;
  const told = await askOpening(model);
  const { stop } = openUserTurn(model, undefined, { told });
  let rows = instructions.map(
    (row): ExtendedRow => ({ ...row, turns: 1, extend_failed: row.response ? null : 'no-response' }),
  );
  for (let turn = 2; turn <= turns; turn++) {
    rows = rows.map((row) => (row.extend_failed === null && hasSpecial(row) ? end(row, 'special-tokens') : row));
    const open = rows.filter((row) => row.extend_failed === null);
    const talks = open.map((row): Talk => {
      const history = historyOf(row);
      return { id: rowKey(row), history, preQuery: openUserTurn(model, undefined, { history, told }).preQuery };
    });
    const asked = await runStage({
      run,
      stage: `extend-ask-${turn}`,
      model,
      items: talks,
      request: ({ id, preQuery }) => ({
        prompt: { raw: preQuery },
        sampling: {
          temperature: instructionTemperature,
          maxTokens: instructionMaxTokens,
          ...(stop.length === 0 ? {} : { stop }),
          seed: itemSeed(seed, `extend-ask-${turn}`, id),
        },
      }),
      record: ({ history }, { text, finishReason }) => takeQuestion(text, { finishReason, history }),
      signal,
      onProgress,
    });
    const questions = new Map(asked.map((record) => [record.input, record]));
    const answerable = talks.flatMap(({ id, history }) => {
      const question = questions.get(id)?.instruction;
      return typeof question === 'string' ? [{ id, history, question }] : [];
    });
    const answered = await runStage({
      run,
      stage: `extend-answer-${turn}`,
      model,
      items: answerable,
      request: ({ id, history, question }) => ({
        prompt: appendTo(history, renderRequest(bare, { kind: 'solve', values: { question } })),
        stopsBehindAnswer: true,
        sampling: { temperature, topP, maxTokens, ...more, seed: itemSeed(seed, `extend-answer-${turn}`, id) },
      }),
      record: (_, completion) => takeResponse(completion),
      signal,
      onProgress,
    });
    const answers = new Map(answered.map((record) => [record.input, record]));
    rows = rows.map((row) => (row.extend_failed === null ? addTurn(row, { turn, questions, answers }) : row));
  }
  const file = outputName({ run, model: model.name, count: rows.length, type: 'ins_res_mt' });
  const fileName = await run.leave({ name: 'conversations', file }, rows);
  const failed: Record<string, number> = {};
  for (const { extend_failed: reason } of rows) if (reason !== null) failed[reason] = (failed[reason] ?? 0) + 1;
  return { rows, fileName, failed };
}

function takeQuestion(
  text: string,
  { finishReason, history }: { finishReason: string; history: readonly ChatMessage[] },
): StageFields {
  const instruction = text.trim();
  if (finishReason === 'length') return { failed: 'ask: length' };
  if (instruction === '') return { failed: 'ask: empty' };
  if (findSpecialStrings(instruction).length > 0) return { failed: 'ask: special-tokens' };
  // "Why?" is a fine second turn, so that it need not be a whole problem; what speaks as the assistant or solves is none
  const fault = checkInstruction({ text, finishReason: 'stop' });
  if (fault !== undefined && !['not-a-problem', 'missing-givens', 'other-language'].includes(fault))
    return { failed: `ask: ${fault}` };
  if (!/\p{L}{2}/u.test(instruction) || instruction.includes('\\boxed{')) return { failed: 'ask: no-question' };
  const isRepeated = history.some(({ content }) => normalInstruction(content) === normalInstruction(instruction));
  return isRepeated ? { failed: 'ask: repeated' } : { instruction };
}

function addTurn(
  row: ExtendedRow,
  {
    turn,
    questions,
    answers,
  }: { turn: number; questions: ReadonlyMap<string, RunRecord>; answers: ReadonlyMap<string, RunRecord> },
): ExtendedRow {
  const [asked, answered] = [questions.get(rowKey(row)), answers.get(rowKey(row))];
  if (asked?.status !== 'done') return end(row, asked?.reason ?? 'ask: no record');
  if (answered?.status !== 'done') return end(row, `answer: ${answered?.reason ?? 'no record'}`);
  const { response, extracted, thinking } = takenFields(answered);
  return {
    ...row,
    turns: turn,
    [`instruction_${turn}`]: String(asked.instruction),
    [`response_${turn}`]: response,
    [`extracted_${turn}`]: extracted,
    ...(thinking === undefined ? {} : { [`thinking_${turn}`]: thinking }),
  };
}

const end = (row: ExtendedRow, reason: string): ExtendedRow => ({ ...row, extend_failed: reason });

/** Special tokens in the text of a conversation would be read as such: the pre-query is raw. */
const hasSpecial = (row: ExtendedRow): boolean =>
  historyOf(row).some(({ content }) => findSpecialStrings(content).length > 0);

function historyOf(row: ExtendedRow): readonly ChatMessage[] {
  return Array.from({ length: row.turns }, (_, index): readonly ChatMessage[] => {
    const [question, answer] =
      index === 0 ? [row.instruction, row.response] : [row[`instruction_${index + 1}`], row[`response_${index + 1}`]];
    return [
      { role: 'user', content: question ?? '' },
      { role: 'assistant', content: answer ?? '' },
    ];
  }).flat();
}

function appendTo(
  history: readonly ChatMessage[],
  prompt: ReturnType<typeof renderRequest>,
): ReturnType<typeof renderRequest> {
  return 'messages' in prompt ? { messages: [...history, ...prompt.messages] } : prompt;
}
