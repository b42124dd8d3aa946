import { basename } from 'node:path';

/** What somebody pastes to read a set, or to train on it. */
export type TrainerBlock = {
  /** The library, as people call it. */
  readonly title: string;
  readonly language: 'python' | 'yaml' | 'json' | 'sh';
  readonly code: string;
};

/** Any model with a chat template does; this one is small and free. */
const model = 'Qwen/Qwen2.5-0.5B-Instruct';

/**
 * Blocks for the trainers in use, for a set in one of the shapes that are exported; none for other shapes. Columns and formats
 * as read in their sources: TRL 1.x (conversational rows), axolotl (prompt_strategies/chat_template and dpo/chat_template),
 * LLaMA-Factory (data/converter.py, which takes texts or single messages as the two answers, never lists), verl
 * (sft_trainer.yaml, Parquet alone).
 */
export function trainerBlocks({
  file,
  shape,
}: {
  readonly file: string;
  readonly shape: string;
}): readonly TrainerBlock[] {
  const name = basename(file);
  if (shape === 'preference') return preferenceBlocks(name);
  return shape === 'messages' || shape === 'metamathqa' ? sftBlocks(name, shape) : [];
}

function sftBlocks(name: string, shape: 'messages' | 'metamathqa'): readonly TrainerBlock[] {
  const isChat = shape === 'messages';
  const turns = isChat
    ? { prompt: 'row["messages"][:1]', completion: 'row["messages"][1:]', all: 'row["messages"]' }
    : {
        prompt: '[{"role": "user", "content": row["query"]}]',
        completion: '[{"role": "assistant", "content": row["response"]}]',
        all: '[{"role": "user", "content": row["query"]}, {"role": "assistant", "content": row["response"]}]',
      };
  return [
    load(name),
    {
      title: 'TRL, SFTTrainer',
      language: 'python',
      code: lines(
        'from datasets import load_dataset',
        'from trl import SFTConfig, SFTTrainer',
        '',
        `rows = load_dataset("json", data_files="${name}", split="train")`,
        `rows = rows.map(lambda row: {"prompt": ${turns.prompt}, "completion": ${turns.completion}}, remove_columns=rows.column_names)`,
        `SFTTrainer(model="${model}", train_dataset=rows, args=SFTConfig(output_dir="out")).train()`,
      ),
    },
    {
      title: 'axolotl',
      language: 'yaml',
      code: lines(
        `base_model: ${model}`,
        'datasets:',
        `  - path: ${name}`,
        '    ds_type: json',
        ...(isChat
          ? ['    type: chat_template', '    field_messages: messages', '    roles_to_train: [assistant]']
          : [
              '    type:',
              '      field_instruction: query',
              '      field_output: response',
              "      format: '{instruction}'",
              "      no_input_format: '{instruction}'",
            ]),
        'output_dir: out',
        'sequence_len: 2048',
        'micro_batch_size: 4',
        'num_epochs: 1',
        'learning_rate: 2e-5',
      ),
    },
    {
      title: 'LLaMA-Factory, data/dataset_info.json',
      language: 'json',
      code: json({
        mathpie: isChat
          ? { file_name: name, formatting: 'sharegpt', columns: { messages: 'messages' }, tags: roleTags }
          : { file_name: name, columns: { prompt: 'query', response: 'response' } },
      }),
    },
    {
      title: 'unsloth',
      language: 'python',
      code: lines(
        'from unsloth import FastLanguageModel',
        'from datasets import load_dataset',
        'from trl import SFTConfig, SFTTrainer',
        '',
        `model, tokenizer = FastLanguageModel.from_pretrained("${model}", max_seq_length=2048, load_in_4bit=True)`,
        'model = FastLanguageModel.get_peft_model(model, r=16)',
        `rows = load_dataset("json", data_files="${name}", split="train")`,
        `rows = rows.map(lambda row: {"text": tokenizer.apply_chat_template(${turns.all}, tokenize=False)})`,
        'SFTTrainer(model=model, processing_class=tokenizer, train_dataset=rows, args=SFTConfig(output_dir="out", dataset_text_field="text")).train()',
      ),
    },
    {
      title: 'verl',
      language: 'python',
      code: lines(
        'from datasets import load_dataset',
        '',
        `rows = load_dataset("json", data_files="${name}", split="train")`,
        ...(isChat ? [] : [`rows = rows.map(lambda row: {"messages": ${turns.all}})`]),
        'rows.select_columns(["messages"]).to_parquet("train.parquet")',
        '# torchrun --nproc_per_node=1 -m verl.trainer.fsdp_sft_trainer data.train_files=train.parquet \\',
        '#   data.val_files=train.parquet data.multiturn.enable=true data.multiturn.messages_key=messages \\',
        `#   model.partial_pretrain=${model}`,
      ),
    },
  ];
}

function preferenceBlocks(name: string): readonly TrainerBlock[] {
  return [
    load(name),
    {
      title: 'TRL, DPOTrainer',
      language: 'python',
      code: lines(
        'from datasets import load_dataset',
        'from trl import DPOConfig, DPOTrainer',
        '',
        `rows = load_dataset("json", data_files="${name}", split="train").select_columns(["prompt", "chosen", "rejected"])`,
        `DPOTrainer(model="${model}", train_dataset=rows, args=DPOConfig(output_dir="out")).train()`,
      ),
    },
    {
      title: 'axolotl',
      language: 'yaml',
      code: lines(
        `base_model: ${model}`,
        'rl: dpo',
        'datasets:',
        `  - path: ${name}`,
        '    ds_type: json',
        '    type: chat_template.default',
        '    field_messages: prompt',
        '    field_chosen: chosen',
        '    field_rejected: rejected',
        'output_dir: out',
        'sequence_len: 2048',
        'micro_batch_size: 2',
        'num_epochs: 1',
        'learning_rate: 5e-7',
      ),
    },
    {
      title: 'LLaMA-Factory, data/dataset_info.json',
      language: 'json',
      code: json({
        mathpie: {
          file_name: 'pairs.texts.jsonl',
          ranking: true,
          columns: { prompt: 'prompt', chosen: 'chosen', rejected: 'rejected' },
        },
      }),
    },
    {
      title: 'LLaMA-Factory, pairs.texts.jsonl',
      language: 'python',
      code: lines(
        'from datasets import load_dataset',
        '',
        `rows = load_dataset("json", data_files="${name}", split="train").select_columns(["prompt", "chosen", "rejected"])`,
        'rows = rows.map(lambda row: {side: row[side][0]["content"] for side in ("prompt", "chosen", "rejected")}, remove_columns=rows.column_names)',
        'rows.to_json("pairs.texts.jsonl")',
      ),
    },
  ];
}

function load(name: string): TrainerBlock {
  return {
    title: 'datasets',
    language: 'python',
    code: lines(
      'from datasets import load_dataset',
      '',
      `rows = load_dataset("json", data_files="${name}", split="train")`,
      'print(rows[0])',
    ),
  };
}

const roleTags = { role_tag: 'role', content_tag: 'content', user_tag: 'user', assistant_tag: 'assistant' };
const lines = (...all: readonly string[]): string => all.join('\n');
const json = (value: object): string => JSON.stringify(value, null, 2);
