/** Made by `npm run docs` from python-gpu/contract/*.config.schema.json: do not edit it. */

/** Configuration of generate.py, each as its JSON Schema has it; what is left out is decided there. */
export type GenerateSettings = {
  /** A folder with a checkpoint, or a name on the Hugging Face hub (OWNER/NAME). */
  readonly model?: string;
  /** JSONL file, one request a line (request.schema.json). */
  readonly requests?: string;
  /** Leave out bad request lines, with a count, instead of stopping at the first. @default false */
  readonly skipBad?: boolean;
  /** throughput: fp8 weights and KV cache, twice the batch and no log-probabilities, for GPUs of Hopper and Ada; outputs differ a little. Each setting given by hand wins. @default "default" */
  readonly preset?: 'default' | 'throughput';
  /** vllm: one engine in this process. ray: an engine in each of `ray.workers` Ray actors, on this host or over a cluster. @default "vllm" */
  readonly engine?: 'vllm' | 'ray';
  /** auto takes what the installed vLLM was built for; cuda refuses to start without a GPU. @default "auto" */
  readonly device?: 'auto' | 'cuda' | 'cpu';
  /** Branch, tag or commit of a model on the hub. @default null */
  readonly revision?: string | null;
  /** Folder or name of another tokenizer than the model's. @default null */
  readonly tokenizer?: string | null;
  /** Jinja file that replaces the tokenizer's chat template for `messages`. @default null */
  readonly chatTemplate?: string | null;
  /** Variables of the chat template, such as enable_thinking. @default {} */
  readonly templateVariables?: { readonly [name: string]: string | number | boolean };
  /** Run Python code that the model's folder brings. @default false */
  readonly trustRemoteCode?: boolean;
  /** Of weights and activations; float16 where the GPU has no bfloat16 (T4, V100). @default "auto" */
  readonly dtype?: 'auto' | 'bfloat16' | 'float16' | 'float32';
  /** vLLM's name, such as fp8, awq or gptq; null takes what the checkpoint says. @default null */
  readonly quantization?: string | null;
  /** vLLM's kv_cache_dtype, such as auto or fp8. @default "auto" */
  readonly kvCacheType?: string;
  /** auto: our kernel for sequences with one new token where it is faster than vLLM's: on a Hopper GPU, a model with keys and values for every query head (LLaMA-2 7B and 13B, MetaMath, Llemma 7B), a vLLM it was measured in. decode: that kernel or an error. vllm: vLLM's own. @default "auto" */
  readonly attention?: 'auto' | 'decode' | 'vllm';
  /** Guess tokens by n-grams of the prompt: pays where answers copy their question, as rephrasings and backward questions do. @default null */
  readonly speculation?: { readonly tokens: number; readonly longestMatch?: number } | null;
  /** GPUs that share each layer. @default 1 */
  readonly tensorParallel?: number;
  /** GPUs that follow each other, layer after layer. @default 1 */
  readonly pipelineParallel?: number;
  /** Copies of the model on this host, each with GPUs of its own; more than one are started with Ray. @default 1 */
  readonly dataParallel?: number;
  /** Share of the GPU's memory that vLLM takes; null is vLLM's own (0.9 or so). @default null */
  readonly gpuMemoryUtilization?: number | null;
  /** KV cache on the GPU, in GiB; null takes what is left of gpuMemoryUtilization, which vLLM measures at its start, and measures wrongly while another program takes or frees memory of the same GPU. @default null */
  readonly kvCacheGiB?: number | null;
  /** KV cache of vLLM's CPU build, in GiB for each engine. @default 2 */
  readonly cpuCacheGiB?: number;
  /** Longest prompt and answer together, in tokens; null is the model's own. @default null */
  readonly maxModelLength?: number | null;
  /** Sequences in one batch (max_num_seqs); null is vLLM's own, twice that in the preset throughput. @default null */
  readonly maxSequences?: number | null;
  /** Tokens in one step (max_num_batched_tokens); null is vLLM's own. @default null */
  readonly maxBatchedTokens?: number | null;
  /** Compute a beginning that prompts share once, also for the samples of one request. @default true */
  readonly prefixCaching?: boolean;
  /** No torch.compile and no CUDA graphs: starts faster, runs slower. @default false */
  readonly enforceEager?: boolean;
  /** Of the engine, for requests that bring none. @default 0 */
  readonly seed?: number;
  /** Let the engine work on made-up prompts before the first request, so that its kernels are compiled by then (some seconds, none of it in a completion). null: with the preset throughput alone. @default null */
  readonly warmUp?: boolean | null;
  /** Write cumulativeLogProbability. null: yes, but not in the preset throughput, because vLLM hands them over token by token, which costs a model with grouped queries three tenths of its rate (docs/performance.md). @default null */
  readonly logProbabilities?: boolean | null;
  /** longest-first: by maxTokens, then by the length of the prompt, so that no long answer starts last and decodes alone. @default "longest-first" */
  readonly order?: 'longest-first' | 'file';
  /** Samples given to an engine and not yet finished; null is four times its batch. Bounds memory. @default null */
  readonly window?: number | null;
  /** For the engine ray. @default {} */
  readonly ray?: {
    readonly address?: string | null;
    readonly workers?: number;
    readonly cpusPerWorker?: number;
    readonly maxRestarts?: number;
  };
};

/** Configuration of train_sft.py, each as its JSON Schema has it; what is left out is decided there. */
export type TrainSftSettings = {
  /** The model to start from: a folder with a checkpoint, a name on the Hugging Face hub (OWNER/NAME), pocket or student (ours), or gguf:FILE (such as mathpie export gguf writes). */
  readonly model?: string;
  /** JSONL or JSON files, or data sets of the Hugging Face hub (OWNER/NAME, OWNER/NAME:SPLIT), of rows: messages, ShareGPT conversations, query/response, instruction/input/output, question/response. */
  readonly data?: string | readonly string[];
  /** Chat template of training and of the saved model: model (the tokenizer's own), alpaca (as MetaMath trains), chatml, or the path of a .jinja file. @default "model" */
  readonly template?: string;
  /** Longest row, in tokens of prompt and response. @default 512 */
  readonly maxLength?: number;
  /** Rows over maxLength: left out and counted, cut (the end of the response is lost), or refused. @default "drop" */
  readonly overLong?: 'drop' | 'truncate' | 'refuse';
  /** Rows without a response or of no known shape: refused by file and line, or left out and counted. @default "refuse" */
  readonly badRows?: 'refuse' | 'skip';
  /** System turns, for templates that take none: as they are, in front of the question after them, or left out. @default "keep" */
  readonly systemTurn?: 'keep' | 'merge' | 'drop';
  /** A template that writes no end token after responses is refused, because the model would not learn to stop; optional: taken as it is. @default "required" */
  readonly endTokens?: 'required' | 'optional';
  /** Use only the first rows; null: all. @default null */
  readonly mostRows?: number | null;
  /** Held-out rows whose loss is measured. @default null */
  readonly evaluationData?: null | string | readonly string[];
  /** Steps between two measurements of the held-out loss; also after the last step. @default 500 */
  readonly evaluateEvery?: number;
  /** Passes over the data. @default 3 */
  readonly epochs?: number;
  /** Stop after so many optimizer steps; the schedule ends there too. @default null */
  readonly maxSteps?: number | null;
  /** Highest learning rate. @default 0.00002 */
  readonly learningRate?: number;
  /** How the learning rate falls after warm-up: to 0 by a half cosine or a line, or not. @default "cosine" */
  readonly schedule?: 'cosine' | 'linear' | 'constant';
  /** Share of the steps in which the learning rate rises from 0. @default 0.03 */
  readonly warmupRatio?: number;
  /** Steps of warm-up in place of warmupRatio. @default null */
  readonly warmupSteps?: number | null;
  /** AdamW's weight decay of matrices; norms and biases have none. @default 0 */
  readonly weightDecay?: number;
  /** AdamW's decay of the mean. @default 0.9 */
  readonly beta1?: number;
  /** AdamW's decay of the square. @default 0.999 */
  readonly beta2?: number;
  /** AdamW's epsilon. @default 1e-8 */
  readonly epsilon?: number;
  /** Gradients are scaled down to this norm; null: never. @default 1 */
  readonly maxGradientNorm?: number | null;
  /** Of the order of the rows, of adapters and of dropout. @default 42 */
  readonly seed?: number;
  /** auto: GPUs where there are any; cuda refuses to start without one. @default "auto" */
  readonly device?: 'auto' | 'cuda' | 'cpu';
  /** split: bf16 weights with their other 16 bits beside them, exactly float32. float32: everything in float32. bfloat16: weights and optimizer in bf16, which loses small updates. float16: for GPUs without bf16, with loss scaling. auto: split on a GPU, float16 on one without bf16, float32 on a CPU. @default "auto" */
  readonly weights?: 'auto' | 'split' | 'float32' | 'bfloat16' | 'float16';
  /** Matrix products of the layers in 8-bit floats, for Hopper and Ada: tensor, one scale an operand; row, one a row, closer to bf16; mixed, rows for inputs and gradients where they need no second reading, else one scale. @default "off" */
  readonly float8?: 'off' | 'tensor' | 'mixed' | 'row';
  /** Sum float8 products in fewer bits. @default true */
  readonly fastFloat8?: boolean;
  /** Scales of the products that follow a norm: measured in every pass, or taken once a step from the bound that the norm sets (float8 tensor alone). @default "measured" */
  readonly float8Scales?: 'measured' | 'bounded';
  /** What stays in bf16 under float8: matrices of the layers, or the gradients of all weights. @default [] */
  readonly float8Spares?: readonly ('queryKeyValue' | 'attentionOutput' | 'gateUp' | 'down' | 'weightGradients')[];
  /** Keep the layers' weights in float8 too, 2 more bytes a weight, in place of rounding them in every pass; one GPU, not with float8 row. @default false */
  readonly float8Copies?: boolean;
  /** Of Adam's two moments. @default "float32" */
  readonly momentDtype?: 'float32' | 'bfloat16';
  /** Where gradients of several passes are added up: in their own dtype or in float32; auto: float32 from five passes on. @default "auto" */
  readonly accumulateIn?: 'auto' | 'own' | 'float32';
  /** Where gradients of several GPUs are added up: in their own dtype or in float32; auto: their own for two GPUs, where the result is the same and half as much is sent, else float32. @default "auto" */
  readonly reduceIn?: 'auto' | 'own' | 'float32';
  /** Several GPUs: weights stay whole between the forward and the backward pass; more memory, less traffic; null: where they fit. @default null */
  readonly keepGathered?: boolean | null;
  /** Several GPUs: layers that are gathered together. @default 1 */
  readonly layersPerUnit?: number;
  /** Several GPUs: how many such units are asked for ahead; 0: torch decides. @default 0 */
  readonly prefetchUnits?: number;
  /** auto: the packed implementation where it is transformers' equal (Llama, Mistral, Qwen2, Qwen3), else transformers' own model, padded. @default "auto" */
  readonly implementation?: 'auto' | 'packed' | 'transformers';
  /** Run Python code that the checkpoint brings. @default false */
  readonly trustRemoteCode?: boolean;
  /** Most tokens that one GPU computes at a time; null: as many as fit. @default null */
  readonly tokensPerPass?: number | null;
  /** What stays in memory for the backward pass: all; results of matrix products and attention (the rest is cheap to compute again); without the widest products (15 % more arithmetic); only the layers' inputs (33 % more). auto: the first that fits. @default "auto" */
  readonly keepActivations?: 'auto' | 'all' | 'products' | 'attention' | 'inputs';
  /** Let the compiler keep this share of the activations instead, from 0 to 1. @default null */
  readonly activationMemoryBudget?: number | null;
  /** Memory of one GPU to plan with; null: 96 % of what is free. @default null */
  readonly memoryLimitGiB?: number | null;
  /** Compile the layers with torch.compile; null: on a GPU. @default null */
  readonly compile?: boolean | null;
  /** Whose kernels attend; rows: our own for documents of some hundred tokens; flash-attn-4: that package, on Hopper and Blackwell; torch: its FlashAttention 2; auto: the fastest that were measured on this GPU for heads of this size. @default "auto" */
  readonly attention?: 'auto' | 'rows' | 'flash-attn-4' | 'torch';
  /** Record the passes of a small model as CUDA graphs, whose kernels need no launches of their own; one GPU, train_sft.py alone; null: where launches take longer than kernels. @default null */
  readonly graphs?: boolean | null;
  /** Only kernels that give the same bits again; a little slower. @default false */
  readonly deterministic?: boolean;
  /** Train low-rank adapters and leave the model as it is; null: train everything. @default null */
  readonly lora?: {
    readonly rank?: number;
    readonly alpha?: number;
    readonly dropout?: number;
    readonly targets?: readonly ('attention' | 'mlp')[];
    readonly merge?: boolean;
  } | null;
  /** Keep the layers' matrices in 4 bits (NF4, scales in 8 bits) while adapters are trained on them, as QLoRA does: a quarter of the memory, a little slower; needs lora, bitsandbytes, and one GPU. @default false */
  readonly qlora?: boolean;
  /** In a dry run: say of so many rows which tokens carry loss, and stop. @default 0 */
  readonly showTokens?: number;
  /** Steps between two checkpoints. @default 500 */
  readonly saveEvery?: number;
  /** Checkpoints that stay. @default 2 */
  readonly keepLast?: number;
  /** Of the final model; auto: what the forward pass computed with. @default "auto" */
  readonly saveWeights?: 'auto' | 'bfloat16' | 'float16' | 'float32';
  /** Steps between two step-end events. @default 1 */
  readonly logEvery?: number;
  /** Where the hyperparameters come from; for readers, changes nothing. @default "" */
  readonly source?: string;
  /** The first line of a query is Alpaca's instruction, the rest its input: how MetaMath's script trains, and not how it evaluates. @default false */
  readonly splitQuery?: boolean;
  /** Rows of several responses of which the template writes earlier ones otherwise than the last: refused by file and line, or split into a row for each response, in which it alone is learnt. @default "whole" */
  readonly turns?: 'whole' | 'split';
  /** Rows of one optimizer step, over all GPUs and passes. @default 128 */
  readonly rowsPerStep?: number;
};

/** Configuration of train_dpo.py, each as its JSON Schema has it; what is left out is decided there. */
export type TrainDpoSettings = {
  /** The model to start from: a folder with a checkpoint, a name on the Hugging Face hub (OWNER/NAME), pocket or student (ours), or gguf:FILE (such as mathpie export gguf writes). */
  readonly model?: string;
  /** JSONL or JSON files of pairs: prompt, chosen and rejected as texts or messages; chosen and rejected conversations; what magpie rank writes. */
  readonly data?: string | readonly string[];
  /** Chat template of training and of the saved model: model (the tokenizer's own), alpaca (as MetaMath trains), chatml, or the path of a .jinja file. @default "model" */
  readonly template?: string;
  /** Longest side of a pair, in tokens of prompt and response. @default 2048 */
  readonly maxLength?: number;
  /** Pairs with a side over maxLength: left out and counted, or refused. @default "drop" */
  readonly overLong?: 'drop' | 'refuse';
  /** Rows that are no pair: refused by file and line, or left out and counted. @default "refuse" */
  readonly badRows?: 'refuse' | 'skip';
  /** System turns, for templates that take none: as they are, in front of the question after them, or left out. @default "keep" */
  readonly systemTurn?: 'keep' | 'merge' | 'drop';
  /** A template that writes no end token after responses is refused, because the model would not learn to stop; optional: taken as it is. @default "required" */
  readonly endTokens?: 'required' | 'optional';
  /** Use only the first rows; null: all. @default null */
  readonly mostRows?: number | null;
  /** Held-out pairs whose loss and accuracy are measured. @default null */
  readonly evaluationData?: null | string | readonly string[];
  /** Steps between two measurements of the held-out pairs; also after the last step. @default 100 */
  readonly evaluateEvery?: number;
  /** Passes over the data. @default 1 */
  readonly epochs?: number;
  /** Stop after so many optimizer steps; the schedule ends there too. @default null */
  readonly maxSteps?: number | null;
  /** Highest learning rate. @default 5e-7 */
  readonly learningRate?: number;
  /** How the learning rate falls after warm-up: to 0 by a half cosine or a line, or not. @default "cosine" */
  readonly schedule?: 'cosine' | 'linear' | 'constant';
  /** Share of the steps in which the learning rate rises from 0. @default 0.1 */
  readonly warmupRatio?: number;
  /** Steps of warm-up in place of warmupRatio. @default null */
  readonly warmupSteps?: number | null;
  /** AdamW's weight decay of matrices; norms and biases have none. @default 0 */
  readonly weightDecay?: number;
  /** AdamW's decay of the mean. @default 0.9 */
  readonly beta1?: number;
  /** AdamW's decay of the square. @default 0.999 */
  readonly beta2?: number;
  /** AdamW's epsilon. @default 1e-8 */
  readonly epsilon?: number;
  /** Gradients are scaled down to this norm; null: never. @default 1 */
  readonly maxGradientNorm?: number | null;
  /** Of the order of the rows, of adapters and of dropout. @default 42 */
  readonly seed?: number;
  /** auto: GPUs where there are any; cuda refuses to start without one. @default "auto" */
  readonly device?: 'auto' | 'cuda' | 'cpu';
  /** split: bf16 weights with their other 16 bits beside them, exactly float32. float32: everything in float32. bfloat16: weights and optimizer in bf16, which loses small updates. float16: for GPUs without bf16, with loss scaling. auto: split on a GPU, float16 on one without bf16, float32 on a CPU. @default "auto" */
  readonly weights?: 'auto' | 'split' | 'float32' | 'bfloat16' | 'float16';
  /** Matrix products of the layers in 8-bit floats, for Hopper and Ada: tensor, one scale an operand; row, one a row, closer to bf16; mixed, rows for inputs and gradients where they need no second reading, else one scale. @default "off" */
  readonly float8?: 'off' | 'tensor' | 'mixed' | 'row';
  /** Sum float8 products in fewer bits. @default true */
  readonly fastFloat8?: boolean;
  /** Scales of the products that follow a norm: measured in every pass, or taken once a step from the bound that the norm sets (float8 tensor alone). @default "measured" */
  readonly float8Scales?: 'measured' | 'bounded';
  /** What stays in bf16 under float8: matrices of the layers, or the gradients of all weights. @default [] */
  readonly float8Spares?: readonly ('queryKeyValue' | 'attentionOutput' | 'gateUp' | 'down' | 'weightGradients')[];
  /** Keep the layers' weights in float8 too, 2 more bytes a weight, in place of rounding them in every pass; one GPU, not with float8 row. @default false */
  readonly float8Copies?: boolean;
  /** Of Adam's two moments. @default "float32" */
  readonly momentDtype?: 'float32' | 'bfloat16';
  /** Where gradients of several passes are added up: in their own dtype or in float32; auto: float32 from five passes on. @default "auto" */
  readonly accumulateIn?: 'auto' | 'own' | 'float32';
  /** Where gradients of several GPUs are added up: in their own dtype or in float32; auto: their own for two GPUs, where the result is the same and half as much is sent, else float32. @default "auto" */
  readonly reduceIn?: 'auto' | 'own' | 'float32';
  /** Several GPUs: weights stay whole between the forward and the backward pass; more memory, less traffic; null: where they fit. @default null */
  readonly keepGathered?: boolean | null;
  /** Several GPUs: layers that are gathered together. @default 1 */
  readonly layersPerUnit?: number;
  /** Several GPUs: how many such units are asked for ahead; 0: torch decides. @default 0 */
  readonly prefetchUnits?: number;
  /** auto: the packed implementation where it is transformers' equal (Llama, Mistral, Qwen2, Qwen3), else transformers' own model, padded. @default "auto" */
  readonly implementation?: 'auto' | 'packed' | 'transformers';
  /** Run Python code that the checkpoint brings. @default false */
  readonly trustRemoteCode?: boolean;
  /** Most tokens that one GPU computes at a time; null: as many as fit. @default null */
  readonly tokensPerPass?: number | null;
  /** What stays in memory for the backward pass: all; results of matrix products and attention (the rest is cheap to compute again); without the widest products (15 % more arithmetic); only the layers' inputs (33 % more). auto: the first that fits. @default "auto" */
  readonly keepActivations?: 'auto' | 'all' | 'products' | 'attention' | 'inputs';
  /** Let the compiler keep this share of the activations instead, from 0 to 1. @default null */
  readonly activationMemoryBudget?: number | null;
  /** Memory of one GPU to plan with; null: 96 % of what is free. @default null */
  readonly memoryLimitGiB?: number | null;
  /** Compile the layers with torch.compile; null: on a GPU. @default null */
  readonly compile?: boolean | null;
  /** Whose kernels attend; rows: our own for documents of some hundred tokens; flash-attn-4: that package, on Hopper and Blackwell; torch: its FlashAttention 2; auto: the fastest that were measured on this GPU for heads of this size. @default "auto" */
  readonly attention?: 'auto' | 'rows' | 'flash-attn-4' | 'torch';
  /** Record the passes of a small model as CUDA graphs, whose kernels need no launches of their own; one GPU, train_sft.py alone; null: where launches take longer than kernels. @default null */
  readonly graphs?: boolean | null;
  /** Only kernels that give the same bits again; a little slower. @default false */
  readonly deterministic?: boolean;
  /** Train low-rank adapters and leave the model as it is; null: train everything. @default null */
  readonly lora?: {
    readonly rank?: number;
    readonly alpha?: number;
    readonly dropout?: number;
    readonly targets?: readonly ('attention' | 'mlp')[];
    readonly merge?: boolean;
  } | null;
  /** Keep the layers' matrices in 4 bits (NF4, scales in 8 bits) while adapters are trained on them, as QLoRA does: a quarter of the memory, a little slower; needs lora, bitsandbytes, and one GPU. @default false */
  readonly qlora?: boolean;
  /** In a dry run: say of so many rows which tokens carry loss, and stop. @default 0 */
  readonly showTokens?: number;
  /** Steps between two checkpoints. @default 200 */
  readonly saveEvery?: number;
  /** Checkpoints that stay. @default 2 */
  readonly keepLast?: number;
  /** Of the final model; auto: what the forward pass computed with. @default "auto" */
  readonly saveWeights?: 'auto' | 'bfloat16' | 'float16' | 'float32';
  /** Steps between two step-end events. @default 1 */
  readonly logEvery?: number;
  /** Where the hyperparameters come from; for readers, changes nothing. @default "" */
  readonly source?: string;
  /** How far the policy may go from the reference: small goes far. @default 0.1 */
  readonly beta?: number;
  /** Share of pairs whose labels are taken to be swapped. @default 0 */
  readonly labelSmoothing?: number;
  /** Weight of the chosen response's mean negative log-likelihood in the loss; 1 keeps right solutions likely. @default 0 */
  readonly chosenLossWeight?: number;
  /** Mean instead of summed log-probabilities, so that long responses do not count for more; beta is then about 50 times as large. @default false */
  readonly lengthNormalised?: boolean;
  /** The reference model; null: the one that training starts from. @default null */
  readonly reference?: string | null;
  /** Folder that keeps the reference's log-probabilities, for several runs on the same pairs; null: in the run directory. @default null */
  readonly referenceCache?: string | null;
  /** Pairs of one optimizer step, over all GPUs and passes. @default 128 */
  readonly pairsPerStep?: number;
};
