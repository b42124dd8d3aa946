/**
 * What a model says in its own turn, where a server goes on behind the end that its template marks: the mark and all behind it are no part of an answer,
 * and would be learnt as one. Undefined where no mark stands in the text.
 */
export function endAtTurn(text: string): { readonly text: string; readonly ranOn: number } | undefined {
  const end = text.search(turnEnd);
  return end === -1 ? undefined : { text: text.slice(0, end).trimEnd(), ranOn: text.length - end };
}

/** ChatML, Llama 3 and 4, Gemma, DeepSeek, Phi and Granite, Llama 2 and Mistral: none of them stands in mathematics. */
const turnEnd =
  /<\|(?:im_end|im_start|endoftext|eot_id|eot|eom_id|start_header_id|end_of_text|end_of_turn|end)\|>|<(?:end|start)_of_turn>|<\/s>|<[|｜]end▁of▁sentence[|｜]>/;
