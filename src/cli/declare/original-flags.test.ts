import { describe, expect, it } from 'vitest';
import { commands } from '../commands.js';
import { readOriginalFlags } from './original-flags.js';
import { modelOf } from './original-habits.js';

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
