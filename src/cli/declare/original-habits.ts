import { InputError } from '../../errors.js';

/** What a flag of the originals' scripts is here: a flag of ours with its value, or words for who types it by habit. */
export type Habit = {
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
  /** An option of vLLM's engine, which stands behind the model (`vllm:OWNER/NAME?tensorParallel=2`). */
  readonly engine?: string;
  /** The commands that know it so; elsewhere nobody types it by habit. @default all */
  readonly only?: readonly string[];
  /** Of a flag that is ours too: values of this form mean the original's. */
  readonly theirs?: RegExp;
  /** One of the numbers whose product, over all GPUs, is the rows of a step. */
  readonly isRowsOfStep?: boolean;
};

const batching = {
  says: 'requests are put together by themselves; --concurrency bounds calls to an endpoint',
  isNeedless: true,
};
const checkpoints = { says: 'every answer is on disk the moment it comes', isNeedless: true };
const template = { says: 'the model’s own chat template is used', isNeedless: true };
const engine = (option: string, example: string, value?: Habit['value']): Habit => ({
  engine: option,
  says: `options of the engine stand behind the model, such as vllm:OWNER/NAME?${option}=${example}`,
  ...(value === undefined ? {} : { value }),
});
const setting = (name: string, value: (given: string) => string = (given) => given): Habit => ({
  flags: ['set'],
  value: (given) => `${name}=${value(given)}`,
});
const precision = {
  says: 'weights are in bfloat16 where the GPU has it, and nothing is lost; --set weights=float32 for others',
  isNeedless: true,
};
const greedy = {
  only: ['magpie tag', 'magpie score'],
  says: 'tags and scores are asked for greedily, in as many tokens as they take',
  isNeedless: true,
};
const sharded = { says: 'the model is spread over the GPUs of --gpus N by itself (FSDP2)', isNeedless: true };
const rowsOfStep: Habit = {
  isRowsOfStep: true,
  says: 'rows of a step are one number whatever the GPUs: --set rowsPerStep=N; passes are packed by themselves',
};
const ending = {
  says: 'a problem ends where its turn ends, or in front of an answer in it (--no-cut leaves such texts out)',
  isNeedless: true,
};

/**
 * Flags of MetaMath's scripts (meta-math/MetaMath@fe667b1, code_for_generating_data and train_math.py) and of Magpie's (magpie-align/magpie@b734a36, exp/),
 * by the words that their users know.
 */
export const habits: { readonly [flag: string]: Habit } = {
  num_repeat: { flags: ['repeat'] },
  num_samples: { flags: ['repeat', 'count'] },
  total_prompts: { flags: ['count'] },
  device: { says: 'CUDA_VISIBLE_DEVICES chooses the GPUs', isNeedless: true },
  offline: { isSwitch: true, says: 'the model string names who is asked', isNeedless: true },
  online: { isSwitch: true, says: 'the model string names who is asked', isNeedless: true },
  save_as: { says: 'the rows stay in the run directory as JSON', isNeedless: true },
  n: { says: 'the batch never drains, so that nothing is drawn in rounds', isNeedless: true },
  repeat: { only: ['magpie instruct'], says: '--count N says how many problems', isNeedless: true },
  max_tokens: greedy,
  temperature: greedy,
  top_k: greedy,
  repetition_penalty: greedy,
  stop_tokens: greedy,
  num_turns: { flags: ['turns'] },
  temp: { flags: ['temperature'] },
  ds: { flags: ['dataset'], value: datasetOf, says: 'name the data by --data' },
  method_name: { flags: ['technique'], value: techniqueOf },
  method: { flags: ['technique'], value: techniqueOf },
  part: {
    theirs: /^part\w*$/i,
    says: 'the run directory (--run) keeps the work of each command apart',
    isNeedless: true,
  },
  data_file: { flags: ['data', 'run'] },
  data_path: { flags: ['data'] },
  ins_data_path: { flags: ['data'] },
  input_file: { flags: ['data'] },
  start: { flags: ['skip'] },
  // Counted from the first of all; `readOriginalFlags` takes off those that --start leaves out
  end: { flags: ['limit'], says: 'give --limit N for the first N problems' },
  data_length: setting('mostRows'),
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
  tensor_parallel_size: engine('tensorParallel', '2'),
  tensor_parallel: engine('tensorParallel', '2'),
  gpu_memory_utilization: engine('gpuMemoryUtilization', '0.9'),
  max_model_len: engine('maxModelLength', '4096'),
  dtype: engine('dtype', 'bfloat16'),
  quantization: engine('quantization', 'fp8', (given) => (given === 'None' ? 'null' : given)),
  kv_cache_dtype: engine('kvCacheType', 'fp8'),
  swap_space: { says: 'vLLM has it no more', isNeedless: true },
  num_train_epochs: setting('epochs'),
  max_steps: setting('maxSteps'),
  learning_rate: setting('learningRate'),
  weight_decay: setting('weightDecay', (given) => String(Number(given))),
  warmup_ratio: setting('warmupRatio'),
  warmup_steps: setting('warmupSteps'),
  lr_scheduler_type: setting('schedule', scheduleOf),
  max_grad_norm: setting('maxGradientNorm'),
  adam_beta1: setting('beta1'),
  adam_beta2: setting('beta2'),
  adam_epsilon: setting('epsilon'),
  model_max_length: setting('maxLength'),
  seed: setting('seed'),
  logging_steps: setting('logEvery'),
  save_steps: setting('saveEvery'),
  save_total_limit: setting('keepLast', (given) => (given === '0' ? '1' : given)),
  nproc_per_node: { flags: ['gpus'] },
  nnodes: { flags: ['nodes'] },
  bf16: precision,
  fp16: precision,
  tf32: precision,
  fsdp: sharded,
  fsdp_transformer_layer_cls_to_wrap: sharded,
  deepspeed: sharded,
  optim: { says: 'AdamW is the optimizer', isNeedless: true },
  gradient_checkpointing: { says: 'activations are kept as memory allows', isNeedless: true },
  evaluation_strategy: {
    says: 'the loss of held-out rows is measured where --set evaluationData=FILE names some',
    isNeedless: true,
  },
  per_device_eval_batch_size: { says: 'passes are packed by themselves', isNeedless: true },
  save_strategy: { says: 'checkpoints are saved by steps: --set saveEvery=N', isNeedless: true },
  report_to: { says: 'the loss goes to stderr and to events.jsonl of the run directory', isNeedless: true },
  cache_dir: { says: 'HF_HOME names the cache of the hub', isNeedless: true },
  overwrite_output_dir: { says: 'a run directory goes on where it stopped', isNeedless: true },
  per_device_train_batch_size: rowsOfStep,
  gradient_accumulation_steps: rowsOfStep,
};

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
  if (given === 'all') return 'difficulty,quality,category,safety,reward,language';
  return given === 'classification' ? 'category' : given;
}

function scheduleOf(given: string): string {
  const word = given.replace(/_with_warmup$/, '');
  if (['cosine', 'linear', 'constant'].includes(word)) return word;
  throw new InputError('give cosine, linear or constant');
}

/** A name on a hub is a model for vLLM; the names of OpenAI's models have no owner. */
export function modelOf(given: string): string {
  if (/^(?:pocket$|\w+:|https?:)/.test(given)) return given;
  return /^(?:gpt|o\d)/i.test(given) && !given.includes('/') ? `openai:${given}` : `vllm:${given}`;
}
