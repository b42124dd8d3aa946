"""Which tokens a row teaches: exactly its responses and their end tokens, under 22 published templates, and under shapes of our own.

The published ones are not ours to carry along: they are named by repository, commit, path and checksum, and read from the folder
MATHPIE_CHAT_TEMPLATES, where they lie as REPOSITORY's last word--FILE; a template that is not there is skipped:

    python tests/test_loss_masks.py FOLDER          fetches them there from GitHub
"""

from __future__ import annotations

import hashlib
import os
import re
import sys
import urllib.request
from pathlib import Path

import pytest
from tiny_checkpoints import byte_tokenizer

from mathpie_gpu.rows.conversations import check_messages, place_system_turns
from mathpie_gpu.rows.encode_conversations import encode_all, encode_conversations
from mathpie_gpu.rows.learnt_rows import learnt_rows
from mathpie_gpu.rows.packing import collect_rows
from mathpie_gpu.rows.template import set_template
from mathpie_gpu.run.errors import UserError

REPOSITORIES = {
    "trl": ("huggingface/trl", "f2cd57710ae345ea6428ae95363267fcf38a3dc8", "trl/chat_templates"),
    "axolotl": ("axolotl-ai-cloud/axolotl", "067b021c8b87a9e5e380b9173c704cf7340e30f5", "src/axolotl/utils/chat_templates/templates"),
}
THINK = "<think>\n{t}\n</think>\n\n{a}<|im_end|>"
# file, its end token; what the last turn teaches: as it is, and with a thought {t} beside the response {a} (None: the template has no
# place for it); earlier turns likewise, "split" where a row of several turns can only be learnt as a row a turn
PUBLISHED = [
    ("trl--cohere.jinja", "<|END_OF_TURN_TOKEN|>", "{a}<|END_OF_TURN_TOKEN|>", None, "same", "same"),
    ("trl--cohere2.jinja", "<|END_RESPONSE|>", "{a}<|END_RESPONSE|>", None, "same", "same"),
    ("trl--deepseekv3_training.jinja", "<｜end▁of▁sentence｜>", "{a}<｜end▁of▁sentence｜>", None, "same", "same"),
    ("trl--gemma.jinja", "<end_of_turn>", "{a}<end_of_turn>", None, "same", "same"),
    ("trl--gemma3.jinja", "<end_of_turn>", "{a}<end_of_turn>", None, "same", "same"),
    ("trl--diffusion_gemma.jinja", "<turn|>", "{a}<turn|>", "<|channel>thought\n{t}\n<channel|>{a}<turn|>", "same", "split"),
    ("trl--glm4moe_training.jinja", "<|user|>", "\n<think></think>\n{a}<|user|>", "\n<think>{t}</think>\n{a}<|user|>", "same", "\n<think></think>\n{a}<|user|>"),
    ("trl--gptoss.jinja", "<|return|>", "<|channel|>final<|message|>{a}<|return|>",
     "<|channel|>analysis<|message|>{t}<|end|><|start|>assistant<|channel|>final<|message|>{a}<|return|>", "split", "split"),
    ("trl--gptoss_training.jinja", "<|return|>", "<|channel|>final<|message|>{a}<|return|>",
     "<|channel|>analysis<|message|>{t}<|end|><|start|>assistant<|channel|>final<|message|>{a}<|return|>",
     "<|channel|>final<|message|>{a}<|end|>", "<|channel|>final<|message|>{a}<|end|>"),
    ("trl--lfm2_2_5.jinja", "<|im_end|>", "{a}<|im_end|>", "<think>{t}</think>{a}<|im_end|>", "same", "{a}<|im_end|>"),
    ("trl--llama3.jinja", "<|eot_id|>", "{a}<|eot_id|>", None, "same", "same"),
    ("trl--llama3_2.jinja", "<|eot_id|>", "{a}<|eot_id|>", None, "same", "same"),
    ("trl--phi3.jinja", "<|end|>", "{a}<|end|>", None, "same", "same"),
    ("trl--phi3_5.jinja", "<|end|>", "{a}<|end|>", None, "same", "same"),
    ("trl--phi3_5_training.jinja", "<|end|>", "{a}<|end|>", None, "same", "same"),
    ("trl--qwen2_5.jinja", "<|im_end|>", "{a}<|im_end|>", None, "same", "same"),
    ("trl--qwen3.jinja", "<|im_end|>", "<think>\n\n</think>\n\n{a}<|im_end|>", THINK, "split", "split"),
    ("trl--qwen3_training.jinja", "<|im_end|>", "<think>\n\n</think>\n\n{a}<|im_end|>", THINK, "same", "same"),
    ("trl--qwen3_5_think.jinja", "<|im_end|>", "\n</think>\n\n{a}<|im_end|>", "{t}\n</think>\n\n{a}<|im_end|>", "split", "split"),
    ("axolotl--llama4.jinja", "<|eot|>", "{a}<|eot|>", None, "same", "same"),
    ("axolotl--mistral_v7_tekken.jinja", "</s>", "{a}</s>", None, "same", "same"),
    ("axolotl--exaone.jinja", "[|endofturn|]", "{a}[|endofturn|]", None, "same", "same"),
]  # fmt: skip
SHA256 = {
    "trl--cohere.jinja": "90c33aee14aa2a226127516d48ee9184c9b90745d4a04c484621ec2e82fb712c",
    "trl--cohere2.jinja": "2147c474f41b522b7296f74692b9f31e45f49a31465960576a9d321339c5915a",
    "trl--deepseekv3_training.jinja": "aadb4942004c186f9ba97d28f653d7f2e0dc20e4275352a486f7cafbe4dd7b51",
    "trl--gemma.jinja": "ecd6ae513fe103f0eb62e8ab5bfa8d0fe45c1074fa398b089c93a7e70c15cfd6",
    "trl--gemma3.jinja": "7de1c58e208eda46e9c7f86397df37ec49883aeece39fb961e0a6b24088dd3c4",
    "trl--diffusion_gemma.jinja": "9aeb7eac68ad87bba7567e9d4597ff203e5609f1b427d9e823437d0142cc61bf",
    "trl--glm4moe_training.jinja": "79c2386fbe44c9881be09b2dd086e0799b15447f8d530c45041152b6da9f3704",
    "trl--gptoss.jinja": "a4c9919cbbd4acdd51ccffe22da049264b1b73e59055fa58811a99efbd7c8146",
    "trl--gptoss_training.jinja": "6adda7cea0f63ef14918be7f26100b324525b6185a8f06932914388ffaa52e32",
    "trl--lfm2_2_5.jinja": "6d65c8804847ad74eea912dd7eca3dc1cf7a457b53a77f47d841a14121910963",
    "trl--llama3.jinja": "ba03a121d097859c7b5b9cd03af99aafe95275210d2876f642ad9929a150f122",
    "trl--llama3_2.jinja": "5816fce10444e03c2e9ee1ef8a4a1ea61ae7e69e438613f3b17b69d0426223a4",
    "trl--phi3.jinja": "dcaee66df77bfbb789ec541fe713218da30225a526f1db97138fc39ee6dc56aa",
    "trl--phi3_5.jinja": "78d976a442bcde2f0be15aafbb8e3050e1104f86732266f68403251b89982a90",
    "trl--phi3_5_training.jinja": "a76a9651a9785afe269c6b91598d55f03ab8adf3d8489a4a9c8ef432128b7c08",
    "trl--qwen2_5.jinja": "cd8e9439f0570856fd70470bf8889ebd8b5d1107207f67a5efb46e342330527f",
    "trl--qwen3.jinja": "a55ee1b1660128b7098723e0abcd92caa0788061051c62d51cbe87d9cf1974d8",
    "trl--qwen3_training.jinja": "1d944ff8f268b611abb296cdd24d0f51981eef1c8647ac321c3a0258f61eb6c9",
    "trl--qwen3_5_think.jinja": "a4aee8afcf2e0711942cf848899be66016f8d14a889ff9ede07bca099c28f715",
    "axolotl--llama4.jinja": "f67cd4a71c0ed36b2e0b24678dd7a39a454d35f17f70079f36b417efc08ddad7",
    "axolotl--mistral_v7_tekken.jinja": "848b4e6befdfcf887467dd882616b343433e8b2a2ccb4375274e4a29679ea709",
    "axolotl--exaone.jinja": "18a42400137eb6a2b5b9665a32a29390ef20b4694bfeb2eadf622df0a3943747",
}
SPECIAL = re.compile(
    r"<[|｜][^\s<>]{1,40}[|｜]>|</?s>|<end_of_turn>|<start_of_turn>|<turn\|>|<\|turn>|<\|channel>|<channel\|>|\[/?INST\]|\[\|[a-z]+\|\]"
)


def tokenizer_of(template: str, end: str):
    """A byte a token, and every marker of the template as a token of its own."""
    tokenizer = byte_tokenizer(template=template)
    markers = sorted(set(SPECIAL.findall(template)) | {end})
    tokenizer.add_special_tokens({"additional_special_tokens": markers, "eos_token": end, "bos_token": "<s>"})
    set_template(tokenizer, "model")
    return tokenizer


def row(turns: int, *, system: bool, thinks: bool) -> list[dict]:
    messages = [{"role": "system", "content": "Be brief.\nPlease."}] if system else []
    for number in range(1, turns + 1):
        thought = {"reasoning_content": f"Hm {number}.\nSo <b>{number}</b>."} if thinks else {}
        messages += [
            {"role": "user", "content": f"What is {number} + {number}?"},
            {"role": "assistant", "content": f"It is {2 * number}.\n\nYes: \u00e9\u6570 {2 * number}"} | thought,
        ]
    return messages


def published(name: str) -> str:
    folder = os.environ.get("MATHPIE_CHAT_TEMPLATES")
    if folder is None or not (Path(folder) / name).is_file():
        pytest.skip(f"{name} is not there; see the head of this file")
    content = (Path(folder) / name).read_bytes()
    assert hashlib.sha256(content).hexdigest() == SHA256[name], f"{name} is another version"
    return content.decode()


@pytest.mark.parametrize("thinks", [False, True], ids=["plain", "thinks"])
@pytest.mark.parametrize("system", [False, True], ids=["alone", "system"])
@pytest.mark.parametrize("turns", [1, 2, 5])
@pytest.mark.parametrize("name, end, last, last_thinking, earlier, earlier_thinking", PUBLISHED, ids=[entry[0] for entry in PUBLISHED])
def test_published_templates_teach_the_responses_and_their_ends(
    name: str, end: str, last: str, last_thinking: str | None, earlier: str, earlier_thinking: str, turns: int, system: bool, thinks: bool
) -> None:
    tokenizer = tokenizer_of(published(name), end)
    messages = row(turns, system=system, thinks=thinks)
    final = (last_thinking or last) if thinks else last
    before = earlier_thinking if thinks else earlier
    if system and encode_all(tokenizer, [messages[:3]]).refused:
        assert "takes no system turn" in encode_all(tokenizer, [messages]).refused[0][1]
        messages = place_system_turns(messages, "merge")
    responses = [message for message in messages if message["role"] == "assistant"]
    texts = [
        (final if is_last or before in ("same", "split") else before).format(a=turn["content"], t=turn.get("reasoning_content", ""))
        for turn in responses
        for is_last in (turn is responses[-1],)
    ]
    is_split = before == "split" and turns > 1
    assert bool(encode_all(tokenizer, [messages]).refused) == is_split
    encoded = encode_all(tokenizer, [messages], turns="split")
    assert encoded.refused == [] and encoded.split_rows == is_split
    learnt = [tokenizer.decode(ids[mask]) for ids, mask in encoded.rows]
    assert learnt == (texts if is_split else ["".join(texts)])
    lost = thinks * sum(turn["reasoning_content"] not in text for turn, text in zip(responses, texts)) if thinks else 0
    assert encoded.lost_thoughts == lost


# --- shapes of our own, always there ---------------------------------------------------------------------------------

FORGETFUL = (
    "{% for m in messages %}<|{{ m.role }}|>{% if m.role == 'assistant' and loop.last %}[thought: {{ m.reasoning_content }}]{% endif %}"
    "{{ m.content }}<|end|>\n{% endfor %}{% if add_generation_prompt %}<|assistant|>{% endif %}"
)
OTHER_END = (
    "{% for m in messages %}<|{{ m.role }}|>{{ m.content }}{% if m.role == 'assistant' and loop.last %}<|return|>{% else %}<|end|>"
    "{% endif %}{% endfor %}{% if add_generation_prompt %}<|assistant|>{% endif %}"
)
ONE_END = (
    "{% for m in messages %}<|{{ m.role }}|>\n{{ m.content }}<|end|>\n{% endfor %}"
    "{% if add_generation_prompt %}<|assistant|>\n{% else %}{{ eos_token }}{% endif %}"
)
MARKED = (
    "{% for m in messages %}{% if m.role == 'assistant' %}{% generation %}<|assistant|>{% if not loop.last %}(old) {% endif %}{{ m.content }}"
    "<|end|>\n{% endgeneration %}{% else %}<|{{ m.role }}|>{{ m.content }}<|end|>{% endif %}{% endfor %}"
    "{% if add_generation_prompt %}<|assistant|>{% endif %}"
)
ENDLESS = "{% for m in messages %}<|{{ m.role }}|>{{ m.content }}{% endfor %}{% if add_generation_prompt %}<|assistant|>{% endif %}"
NO_SYSTEM = "{% if messages[0].role == 'system' %}{{ raise_exception('System role not supported') }}{% endif %}" + ONE_END
TWO = row(2, system=False, thinks=False)
A, B = (message["content"] for message in TWO if message["role"] == "assistant")


@pytest.mark.parametrize(
    "template, learnt",
    [
        (ONE_END, [f"{A}<|end|>{B}<|end|>"]),
        (MARKED, [f"(old) {A}<|end|>{B}<|end|>"]),
        (OTHER_END, [f"{A}<|return|>", f"{B}<|return|>"]),
        (FORGETFUL, [f"[thought: ]{A}<|end|>", f"[thought: ]{B}<|end|>"]),
    ],
    ids=["one end", "marked", "another end", "forgetful"],
)
def test_a_row_of_two_turns_teaches_both_responses_and_nothing_of_the_user(template: str, learnt: list[str]) -> None:
    tokenizer = tokenizer_of(template, "<|end|>" if "return" not in template else "<|return|>")
    encoded = encode_all(tokenizer, [TWO], turns="split")
    assert [tokenizer.decode(ids[mask]) for ids, mask in encoded.rows] == learnt
    whole = encode_all(tokenizer, [TWO, TWO[:2]])
    if len(learnt) == 1:
        assert whole.refused == []
    else:  # the row of one turn is fine, and the other is named
        assert [number for number, _ in whole.refused] == [0] and 'set "turns" to "split"' in whole.refused[0][1]
        assert whole.sources == [1]


def test_the_last_turn_alone_is_learnt_where_only_it_is_asked_for() -> None:
    tokenizer = tokenizer_of(ONE_END, "<|end|>")
    [(ids, mask)] = encode_conversations(tokenizer, [TWO], turns="last")
    assert tokenizer.decode(ids[mask]) == f"{B}<|end|>"


def test_a_template_without_an_end_is_refused_unless_asked_for() -> None:
    tokenizer = tokenizer_of(ENDLESS, "<|end|>")
    with pytest.raises(UserError, match='no end token after the response, so the model would never learn to stop; .*"endTokens" to "optional"'):
        encode_all(tokenizer, [TWO[:2]])
    [(ids, mask)] = encode_conversations(tokenizer, [TWO[:2]], end_tokens="optional")
    assert tokenizer.decode(ids[mask]) == A


def test_a_system_turn_that_a_template_refuses_is_named_with_the_way_out() -> None:
    tokenizer = tokenizer_of(NO_SYSTEM, "<|end|>")
    chat = row(1, system=True, thinks=False)
    [(number, reason)] = encode_all(tokenizer, [TWO, chat]).refused
    assert number == 1 and "takes no system turn (System role not supported)" in reason and '"systemTurn" to "merge"' in reason
    merged = place_system_turns(chat, "merge")
    assert merged[0] == {"role": "user", "content": "Be brief.\nPlease.\n\nWhat is 1 + 1?"}
    assert place_system_turns(chat, "drop") == chat[1:]
    assert encode_all(tokenizer, [merged]).refused == []


def test_a_thought_that_is_not_written_is_counted() -> None:
    tokenizer = tokenizer_of(ONE_END, "<|end|>")
    assert encode_all(tokenizer, [row(2, system=False, thinks=True)]).lost_thoughts == 2
    turn = [("user", "Q", None), ("assistant", "A", "T")]
    assert check_messages(turn)[1] == {"role": "assistant", "content": "A", "reasoning_content": "T"}


def test_text_of_a_row_cannot_move_the_mask() -> None:
    tokenizer = tokenizer_of(ONE_END, "<|end|>")
    chat = [{"role": "user", "content": "Say <|end|> and It is 2."}, {"role": "assistant", "content": "It is 2.<|end|>\nIt is 2."}]
    [(ids, mask)] = encode_conversations(tokenizer, [chat])
    assert tokenizer.decode(ids[mask]) == "It is 2.<|end|>\nIt is 2.<|end|>"


def test_rows_are_shown_token_by_token_with_what_carries_loss() -> None:
    tokenizer = tokenizer_of(ONE_END, "<|end|>")
    encoded = encode_all(tokenizer, [TWO])
    [shown] = learnt_rows(collect_rows(encoded.rows), tokenizer, most=5)
    assert "".join(token["text"] for token in shown["tokens"]) == tokenizer.decode(encoded.rows[0][0])
    assert "".join(token["text"] for token in shown["tokens"] if token["learnt"]) == f"{A}<|end|>{B}<|end|>"
    assert [token["text"] for token in shown["tokens"] if "\u6570" in token["text"]] == ["\u6570"] * 2  # three bytes, three tokens


def test_a_date_in_a_template_stands_still() -> None:
    tokenizer = tokenizer_of('{{ "Today: " + strftime_now("%d %b %Y") }}|' + ONE_END, "<|end|>")
    assert tokenizer.apply_chat_template(TWO[:1], tokenize=False).startswith("Today: 26 Jul 2024|")


if __name__ == "__main__":
    for name, *_ in PUBLISHED:
        repository, commit, path = REPOSITORIES[name.split("--")[0]]
        place = Path(sys.argv[1]) / name
        place.parent.mkdir(parents=True, exist_ok=True)
        url = f"https://raw.githubusercontent.com/{repository}/{commit}/{path}/{name.split('--')[1]}"
        with urllib.request.urlopen(url) as answer:
            place.write_bytes(answer.read())
