import { InputError } from '../../errors.js';
import type { Command } from './command.js';

/** What a flag of the originals' scripts is here: a flag of ours with its value, or words for who types it by habit. */
type Habit = {
  /** Ours, the first that the command has. */
  readonly flags?: readonly string[];
  /** The value as ours takes it; what it throws is told. @default as it is */
  readonly value?: (given: string) => string;
  /** It takes no value. */
  readonly isSwitch?: boolean;
  /** What stands in its place: where the command lacks such a flag, or none is needed. */
  readonly says?: string;
  /** Nothing is lost when it is left out: it is noted, and the command goes on. */
  readonly isNeedless?: boolean;
};

const batching = {
  says: 'requests are put together by themselves; --concurrency bounds calls to an endpoint',
  isNeedless: true,
};
const checkpoints = { says: 'every answer is on disk the moment it comes', isNeedless: true };
const template = { says: 'the model’s own chat template is used', isNeedless: true };
const engine = (option: string): Habit => ({
  says: `options of the engine stand in the model string, such as vllm:OWNER/NAME?${option}, or behind --set ${option} of mathpie generate`,
});
const ending = {
  says: 'a problem ends where its turn ends; texts that hold an answer are left out by name',
  isNeedless: true,
};

/**
 * Flags of MetaMath's scripts (meta-math/MetaMath@fe667b1, code_for_generating_data and train_math.py) and of Magpie's (magpie-align/magpie@b734a36, exp/),
 * by the words that their users know.
 */
const habits: { readonly [flag: string]: Habit } = {
  num_repeat: { flags: ['repeat'] },
  num_samples: { flags: ['repeat', 'count'] },
  total_prompts: { flags: ['count'] },
  device: { says: 'CUDA_VISIBLE_DEVICES chooses the GPUs', isNeedless: true },
  offline: { isSwitch: true, says: 'the model string names who is asked', isNeedless: true },
  online: { isSwitch: true, says: 'the model string names who is asked', isNeedless: true },
  save_as: { says: 'the rows stay in the run directory as JSON', isNeedless: true },
  n: { says: 'the batch never drains, so that nothing is drawn in rounds', isNeedless: true },
  num_turns: { flags: ['turns'] },
  temp: { flags: ['temperature'] },
  ds: { flags: ['dataset'], value: datasetOf, says: 'name the data by --data' },
  method_name: { flags: ['technique'], value: techniqueOf },
  data_file: { flags: ['data', 'run'] },
  data_path: { flags: ['data'] },
  ins_data_path: { flags: ['data'] },
  input_file: { flags: ['data'] },
  end: { flags: ['limit'], says: 'give --limit N for the first N problems' },
  start: { says: 'give --part I/N for the I-th of N parts, or --limit N for the first N problems' },
  data_length: { flags: ['limit'] },
  cont: { isSwitch: true, says: 'the same command again goes on by itself', isNeedless: true },
  time_out: { says: 'a call that hangs is ended and asked again by itself', isNeedless: true },
  num_proc: { flags: ['concurrency'] },
  batch_size: batching,
  checkpoint_every: checkpoints,
  eng: { flags: ['model'], value: modelOf },
  model_path: { flags: ['model'], value: modelOf },
  model_name_or_path: { flags: ['model'] },
  guard_model_path: { flags: ['guard-model'], value: modelOf },
  reward_model_path: { flags: ['reward-model'] },
  sentence_model: { flags: ['embedding-model', 'model'] },
  distance_distance_threshold: { flags: ['distance'] },
  tag_mission: { flags: ['missions'], value: missionOf },
  output_dir: { flags: ['run'] },
  output_folder: { flags: ['run'] },
  save_path: { flags: ['out', 'run'] },
  job_name: { says: 'the run directory (--run) names the work', isNeedless: true },
  timestamp: { says: 'files are named by the start of the run; --seed draws', isNeedless: true },
  control_tasks: { flags: ['task'], value: taskOf },
  system_prompt: { says: 'give its text: --system-prompt TEXT' },
  engine: { says: 'the model string names it: vllm:OWNER/NAME, gguf:FILE, http://HOST:PORT/v1#NAME', isNeedless: true },
  api: { says: 'the model string names it: openai:NAME or http://HOST:PORT/v1#NAME' },
  api_url: { says: 'the model string names it: http://HOST:PORT/v1#NAME' },
  api_key: { says: 'keys come from the environment: OPENAI_API_KEY' },
  use_tokenizer_template: { isSwitch: true, ...template },
  tokenizer_template: template,
  disable_early_stopping: { isSwitch: true, ...ending },
  early_stopping: ending,
  sanitize: { isSwitch: true, ...ending },
  logits_processor: {
    isSwitch: true,
    says: 'the tokens that Magpie forbids a model stand in configs/model_configs.json; --forbid adds others',
    isNeedless: true,
  },
  skip_special_tokens: { says: 'special tokens never reach a text', isNeedless: true },
  shuffle: { says: 'rows stay in the order of their ids', isNeedless: true },
  instruction_temperature: { flags: ['ask-temperature', 'temperature'] },
  instruction_top_p: { says: 'turns in the user’s place are drawn from all tokens', isNeedless: true },
  instruction_repetition_penalty: { says: 'turns in the user’s place are drawn without one', isNeedless: true },
  response_repetition_penalty: { flags: ['repetition-penalty'] },
  encoding_batch_size: batching,
  search_batch_size: batching,
  search_space_size: { says: 'the nearest rows are found among all', isNeedless: true },
  save_faiss_index: { says: 'vectors stay in the run directory of mathpie embed', isNeedless: true },
  response_temperature: { flags: ['temperature'] },
  response_top_p: { flags: ['top-p'] },
  tensor_parallel_size: engine('tensorParallel=N'),
  gpu_memory_utilization: engine('gpuMemoryUtilization=X'),
  max_model_len: engine('maxModelLength=N'),
  dtype: engine('dtype=bfloat16'),
  quantization: engine('quantization=fp8'),
  kv_cache_dtype: engine('kvCacheType=fp8'),
  swap_space: { says: 'vLLM has it no more', isNeedless: true },
  num_train_epochs: { flags: ['set'], value: (given) => `epochs=${given}` },
  learning_rate: { flags: ['set'], value: (given) => `learningRate=${given}` },
  weight_decay: { flags: ['set'], value: (given) => `weightDecay=${given}` },
  warmup_ratio: { flags: ['set'], value: (given) => `warmupRatio=${given}` },
  model_max_length: { flags: ['set'], value: (given) => `maxLength=${given}` },
  logging_steps: { flags: ['set'], value: (given) => `logEvery=${given}` },
  save_steps: { flags: ['set'], value: (given) => `saveEvery=${given}` },
  per_device_train_batch_size: {
    says: 'rows of a step are one number whatever the GPUs: --set rowsPerStep=N; passes are packed by themselves',
  },
  gradient_accumulation_steps: {
    says: 'rows of a step are one number whatever the GPUs: --set rowsPerStep=N; passes are packed by themselves',
  },
};

/**
 * A command line with the originals' flags as ours. What was read how is told, a line each; a flag that is ours in other letters (`--max_tokens`) is
 * taken without a word. Throws `InputError` with our way where there is no such flag.
 */
export function readOriginalFlags(
  command: Pick<Command, 'name' | 'options'>,
  words: readonly string[],
): { readonly words: readonly string[]; readonly notes: readonly string[] } {
  const { options } = command;
  const read: string[] = [];
  const notes: string[] = [];
  for (let place = 0; place < words.length; place++) {
    const word = words[place] ?? '';
    const [, name = '', inline] = /^--([A-Za-z][\w-]*)(?:=(.*))?$/s.exec(word) ?? [];
    if (name === '' || name in options) {
      read.push(word);
      continue;
    }
    const snake = name.replaceAll('-', '_');
    const kebab = name.replaceAll('_', '-');
    const habit = Object.hasOwn(habits, snake) ? habits[snake] : undefined;
    if (kebab in options) {
      read.push(inline === undefined ? `--${kebab}` : `--${kebab}=${inline}`);
      continue;
    }
    if (habit === undefined) {
      read.push(word);
      continue;
    }
    const takesNext = !habit.isSwitch && inline === undefined && isValue(words[place + 1]);
    const given = inline ?? (takesNext ? words[++place] : undefined);
    const flag = habit.flags?.find((one) => one in options);
    const typed = [`--${name}`, ...(given === undefined ? [] : [given])].join(' ');
    if (flag !== undefined && given !== undefined) {
      const value = habit.value === undefined ? given : convert(command, { typed, habit, given });
      read.push(`--${flag}=${value}`);
      notes.push(`Read ${typed} as --${flag} ${value}`);
      continue;
    }
    const says = habit.says ?? `${command.name} needs no such flag`;
    if (!habit.isNeedless)
      throw new InputError(`Cannot run mathpie ${command.name}: --${name} is no flag here; ${says}`);
    notes.push(`Left out ${typed}: ${says}`);
  }
  return { words: read, notes };
}

const isValue = (word: string | undefined): boolean => word !== undefined && !word.startsWith('--');

function convert(
  { name }: Pick<Command, 'name'>,
  { typed, habit, given }: { readonly typed: string; readonly habit: Habit; readonly given: string },
): string {
  try {
    return habit.value?.(given) ?? given;
  } catch (error) {
    throw new InputError(`Cannot run mathpie ${name}: ${typed}: ${(error as Error).message}`);
  }
}

/** `GSM8K_rephrased` and the like name files that an earlier script left. */
function datasetOf(given: string): string {
  const word = given.toLowerCase();
  if (word === 'gsm8k' || word === 'math') return word;
  throw new InputError(
    'give gsm8k or math; rephrasings and statements are made by --technique, and --on rephrased grows from them',
  );
}

function techniqueOf(given: string): string {
  const known: { readonly [method: string]: string } = {
    SCComplexCoT: 'answers',
    fobar: 'fobar',
    SV: 'self-verification',
  };
  const technique = known[given];
  if (technique !== undefined) return technique;
  throw new InputError(`give one of ${Object.keys(known).join(', ')}, or ours by --technique`);
}

/** The original's `math` is a system prompt for problems; its fork's other tasks are domains. */
function taskOf(given: string): string {
  if (given === 'math') return 'problem';
  if (['problem', 'code', 'translation'].includes(given)) return given;
  throw new InputError(`give math, code or translation; a domain is given by --domain, such as --domain ${given}`);
}

function missionOf(given: string): string {
  return given === 'classification' ? 'category' : given;
}

/** A name on a hub is a model for vLLM; the names of OpenAI's models have no owner. */
export function modelOf(given: string): string {
  if (/^(?:pocket$|\w+:|https?:)/.test(given)) return given;
  return /^(?:gpt|o\d)/i.test(given) && !given.includes('/') ? `openai:${given}` : `vllm:${given}`;
}
