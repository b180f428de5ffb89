"""What the tests of models share: tiny transformers of random weights, written to disk as real ones are."""

from pathlib import Path
from typing import Any

from qa.language.forms import words

SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")
VOCABULARY = words(
    "query passage instruct ai chủ trì hội nghị năm thư viện mở cửa cầu mới lũ vỡ đê lúa được mùa who chaired the conference "
    "library opened bridge flood harvest"
)


def _tokenizer(folder: Path) -> int:
    """Write a tokenizer of whole words, and return how many there are."""
    from tokenizers import Tokenizer
    from tokenizers.models import WordLevel
    from tokenizers.normalizers import Lowercase
    from tokenizers.pre_tokenizers import Whitespace
    from tokenizers.processors import TemplateProcessing
    from transformers import PreTrainedTokenizerFast

    vocabulary = {word: n for n, word in enumerate(dict.fromkeys([*SPECIAL, ":", *VOCABULARY]))}
    tokenizer = Tokenizer(WordLevel(vocabulary, unk_token="[UNK]"))
    tokenizer.normalizer, tokenizer.pre_tokenizer = Lowercase(), Whitespace()
    tokenizer.post_processor = TemplateProcessing(
        single="[CLS] $A [SEP]",
        pair="[CLS] $A [SEP] $B:1 [SEP]:1",
        special_tokens=[(token, vocabulary[token]) for token in ("[CLS]", "[SEP]")],
    )
    names = dict(zip(("pad_token", "unk_token", "cls_token", "sep_token", "mask_token"), SPECIAL, strict=True))
    PreTrainedTokenizerFast(tokenizer_object=tokenizer, **names).save_pretrained(folder)
    return len(vocabulary)


def _config(size: int, **others: Any) -> Any:
    from transformers import BertConfig

    return BertConfig(
        vocab_size=size, hidden_size=32, num_hidden_layers=2, num_attention_heads=4, intermediate_size=64,
        max_position_embeddings=64, initializer_range=0.4, **others,
    )  # fmt: skip


def tiny_embedder(folder: Path, *, seed: int = 0, prompts: dict[str, str] | None = None) -> Path:
    """Write a sentence-transformers model of 32 dimensions and return its folder."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
    from transformers import BertModel

    bert = folder.with_name(folder.name + "-parts")
    size = _tokenizer(bert)
    torch.manual_seed(seed)
    BertModel(_config(size)).save_pretrained(bert)
    modules = [Transformer(str(bert)), Pooling(32, "mean")]
    SentenceTransformer(modules=modules, prompts=prompts, device="cpu").save(str(folder), create_model_card=False)
    return folder


def tiny_reranker(folder: Path, *, seed: int = 0, labels: int = 1) -> Path:
    """Write a cross-encoder with a head of `labels` logits and return its folder."""
    import torch
    from transformers import BertForSequenceClassification

    size = _tokenizer(folder)
    torch.manual_seed(seed)
    BertForSequenceClassification(_config(size, num_labels=labels)).save_pretrained(folder)
    return folder
