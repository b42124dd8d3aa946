import { describe, expect, it } from 'vitest';
import { commands } from '../commands.js';
import { allCommands } from '../run-command-line.js';
import { readOriginalFlags } from './original-flags.js';
import { modelOf } from './original-habits.js';
import { parseOptions } from './parse-options.js';

const find = (name: string) => {
  const command = commands.find((each) => each.name === name);
  if (command === undefined) throw new Error(name);
  return command;
};
const read = (name: string, line: string) => readOriginalFlags(find(name), line.split(' '));

describe('readOriginalFlags()', () => {
  it.each([
    ['augment', '--num_repeat 2 --temp 0.7', '--repeat=2 --temperature=0.7', 2],
    [
      'augment',
      '--eng gpt-3.5-turbo --ds GSM8K --method_name SV',
      '--model=openai:gpt-3.5-turbo --dataset=gsm8k --technique=self-verification',
      3,
    ],
    ['augment', '--cont --time_out 30 --batch_size 500 --num_proc 20', '--concurrency=20', 4],
    // Ours in other letters is taken without a word
    ['augment', '--max_tokens 300 --top_p=0.9', '--max-tokens 300 --top-p=0.9', 0],
    ['augment', '--data FILE --run DIR', '--data FILE --run DIR', 0],
    ['evaluate', '--data_file test.jsonl --end 100 --model pocket', '--data=test.jsonl --limit=100 --model pocket', 2],
    [
      'magpie instruct',
      '--model_path Qwen/Qwen2.5-3B-Instruct --total_prompts 40 --control_tasks math',
      '--model=vllm:Qwen/Qwen2.5-3B-Instruct --count=40 --task=problem',
      3,
    ],
    [
      'magpie instruct',
      '--model_path pocket --disable_early_stopping --checkpoint_every 100 --n 200',
      '--model=pocket',
      4,
    ],
    [
      'magpie instruct',
      '--model_path pocket --device 0,1 --flaming_tokens --max_tokens 200',
      '--model=pocket --flaming-tokens --max-tokens 200',
      2,
    ],
    ['magpie extend', '--response_repetition_penalty 1.1 --instruction_top_p 1.0', '--repetition-penalty=1.1', 2],
    ['magpie respond', '--input_file x_ins.json --use_tokenizer_template', '--data=x_ins.json', 2],
    ['magpie candidates', '--num_samples 5', '--repeat=5', 1],
    ['magpie extend', '--num_turns 3 --instruction_temperature 1.0', '--turns=3 --ask-temperature=1.0', 2],
    [
      'magpie tag',
      '--tag_mission classification --guard_model_path meta-llama/Llama-Guard-3-8B',
      '--missions=category --guard-model=vllm:meta-llama/Llama-Guard-3-8B',
      2,
    ],
    [
      'train sft',
      '--model_name_or_path FOLDER --data_path d.jsonl --output_dir runs/sft --num_train_epochs 3',
      '--model=FOLDER --data=d.jsonl --run=runs/sft --set=epochs=3',
      4,
    ],
    // Whole commands of the originals' scripts
    [
      'augment',
      '--technique answers --part part1 --eng pocket --method SCComplexCoT --data d.jsonl --part=2/3',
      '--technique answers --model=pocket --technique=answers --data d.jsonl --part=2/3',
      3,
    ],
    [
      'evaluate',
      '--model path/to/save --data_file t.jsonl --start 100 --end 300 --batch_size 400 --tensor_parallel_size 8',
      '--model path/to/save --data=t.jsonl --skip=100 --limit=200',
      6,
    ],
    [
      'evaluate',
      '--model vllm:a/b --start 0 --tensor_parallel_size 8',
      '--model vllm:a/b?tensorParallel=8 --skip=0',
      2,
    ],
    [
      'magpie instruct',
      '--device 0 --model_path a/b --total_prompts 8 --top_p 1 --temperature 1 --tensor_parallel 4 --gpu_memory_utilization 0.95 --n 200 --job_name foo --timestamp 123',
      '--model=vllm:a/b?tensorParallel=4&gpuMemoryUtilization=0.95 --count=8 --top-p 1 --temperature 1',
      7,
    ],
    ['magpie respond', '--model pocket --gpu_memory_utilization 0.95', '--model pocket', 1],
    [
      'magpie tag',
      '--tag_mission all --quantization None --model vllm:a/b?seed=1 --guard-model=vllm:c/d',
      '--missions=difficulty,quality,category,safety,reward,language --model vllm:a/b?seed=1&quantization=null --guard-model=vllm:c/d?quantization=null',
      2,
    ],
    [
      'train sft',
      '--nproc_per_node=8 --data_length 10000000 --bf16 True --fsdp full_shard --save_total_limit 0 --per_device_train_batch_size 4 --gradient_accumulation_steps 4 --lr_scheduler_type cosine --weight_decay 0. --tf32 True',
      '--gpus=8 --set=mostRows=10000000 --set=keepLast=1 --set=schedule=cosine --set=weightDecay=0 --set=rowsPerStep=128',
      9,
    ],
    // What nobody knows is left to the parser, which names the nearest flag
    ['augment', '--repaet 2', '--repaet 2', 0],
  ])('mathpie %s %s', (name, line, words, notes) => {
    const found = read(name, line);
    expect(found.words.join(' ')).toBe(words);
    expect(found.notes.length).toBe(notes);
  });

  it.each([
    [
      'magpie instruct',
      '--tensor_parallel_size 2',
      /--tensor_parallel_size is no flag here; options of the engine .*\?tensorParallel=2/,
    ],
    ['magpie respond', '--api_key abc', /--api_key is no flag here; keys come from the environment: OPENAI_API_KEY/],
    ['augment', '--method_name fobarr', /--method_name fobarr: give one of SCComplexCoT, fobar, SV/],
    ['augment', '--ds GSM8K_SV', /--ds GSM8K_SV: give gsm8k or math; rephrasings/],
    ['train sft', '--lr_scheduler_type polynomial', /--lr_scheduler_type polynomial: give cosine, linear or constant/],
  ])('mathpie %s %s is answered with ours', (name, line, message) => {
    expect(() => read(name, line)).toThrow(message);
    expect(() => read(name, line)).not.toThrow(/abc/);
  });
});

/** Every flag that a script of the originals declares (meta-math/MetaMath@fe667b1, magpie-align/magpie@b734a36), beside what our command wants. */
const everyFlag = {
  augment:
    '--eng gpt-3.5-turbo --ds GSM8K --temp 0.7 --part part1 --cont --method_name fobar --num_repeat 2 --batch_size 20 --time_out 30 --num_proc 16 --data f --run r',
  evaluate: '--model path --data_file f --start 0 --end 100 --batch_size 400 --tensor_parallel_size 8 --run r',
  'train sft':
    '--model_name_or_path a/b --data_path d --data_length 10 --bf16 True --output_dir r --num_train_epochs 3 --per_device_train_batch_size 4 --per_device_eval_batch_size 4 --gradient_accumulation_steps 4 --evaluation_strategy no --save_strategy steps --save_steps 1000 --save_total_limit 2 --learning_rate 2e-5 --weight_decay 0. --warmup_ratio 0.03 --lr_scheduler_type cosine --logging_steps 1 --fsdp x --fsdp_transformer_layer_cls_to_wrap y --tf32 True --cache_dir c --optim adamw_torch --model_max_length 512 --overwrite_output_dir True --seed 42',
  'magpie instruct':
    '--model_path a/b --temperature 1.0 --top_p 1 --n 200 --repeat 2 --total_prompts 1000 --max_tokens 2048 --max_model_len 4096 --early_stopping True --sanitize --logits_processor --flaming_tokens --control_tasks math --shuffle True --skip_special_tokens True --engine vllm --device 0 --dtype bfloat16 --tensor_parallel_size 1 --gpu_memory_utilization 0.95 --swap_space 2.0 --checkpoint_every 100 --output_folder ../data --job_name j --timestamp 12 --seed 3',
  'magpie respond':
    '--model_path a/b --input_file f --batch_size 128 --checkpoint_every 20 --offline --engine vllm --device 0 --dtype bfloat16 --tensor_parallel_size 1 --gpu_memory_utilization 0.95 --max_tokens 4096 --max_model_len 4096 --temperature 0 --top_p 1.0 --repetition_penalty 1.0 --tokenizer_template True --use_tokenizer_template --run r',
  'magpie extend':
    '--model_path a/b --input_file f --num_turns 2 --batch_size 128 --checkpoint_every 20 --device 0 --dtype bfloat16 --tensor_parallel_size 1 --gpu_memory_utilization 0.95 --max_tokens 4096 --max_model_len 4096 --early_stopping True --instruction_temperature 1 --instruction_top_p 1 --instruction_repetition_penalty 1 --response_temperature 0 --response_top_p 1 --response_repetition_penalty 1 --use_tokenizer_template --debug --run r',
  'magpie candidates':
    '--model_path a/b --input_file f --batch_size 128 --checkpoint_every 20 --offline --engine vllm --device 0 --dtype bfloat16 --tensor_parallel_size 1 --gpu_memory_utilization 0.95 --max_tokens 4096 --max_model_len 4096 --temperature 0.8 --top_p 1 --repetition_penalty 1 --num_samples 5 --run r',
  'magpie score':
    '--input_file f --batch_size 1 --checkpoint_every 5000 --device 0 --max_tokens 1024 --top_k 1 --repetition_penalty 1.0 --stop_tokens <|eot_id|> --by reward --run r',
  'magpie tag':
    '--tag_mission all --model_path a/b --guard_model_path c/d --reward_model_path e/f --input_file f --batch_size 1000 --checkpoint_every 40 --offline --debug --save_as json --device 0 --tensor_parallel_size 1 --dtype bfloat16 --quantization fp8 --kv_cache_dtype auto --max_model_len 4096 --gpu_memory_utilization 0.95 --max_tokens 1024 --temperature 0 --repetition_penalty 1.0 --run r',
  'magpie deduplicate':
    '--sentence_model s/a --input_file f --encoding_batch_size 65536 --distance_distance_threshold 0.05 --search_space_size 500 --search_batch_size 1024 --device 0 --save_faiss_index True --out o',
};

describe('every flag of the originals at once', () => {
  it.each(Object.entries(everyFlag))('mathpie %s takes them', (name, line) => {
    const command = allCommands().find((each) => each.name === name);
    if (command === undefined) throw new Error(name);
    const { words } = readOriginalFlags(command, line.split(' '));
    expect(() => parseOptions(command, words)).not.toThrow();
  });

  it('is asked of nobody else', () => {
    expect(read('magpie rank', '--temperature 0.5').words).toEqual(['--temperature', '0.5']);
  });
});

describe('modelOf(name)', () => {
  it.each([
    ['pocket', 'pocket'],
    ['gpt-3.5-turbo', 'openai:gpt-3.5-turbo'],
    ['Qwen/Qwen2.5-3B-Instruct', 'vllm:Qwen/Qwen2.5-3B-Instruct'],
    ['openai/gpt-oss-20b', 'vllm:openai/gpt-oss-20b'],
    ['gguf:m.gguf', 'gguf:m.gguf'],
    ['http://localhost:8000/v1#x', 'http://localhost:8000/v1#x'],
  ])('%s: %s', (name, model) => {
    expect(modelOf(name)).toBe(model);
  });
});
