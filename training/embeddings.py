"""Train the bundled embedding model: `python -m training.embeddings --shared DIR --out qa/models/hoibao-static-v1`."""

import argparse
import logging
import math
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch.nn import functional

from training import corpora, vocabulary
from training.pairs import PASSAGES_PER_ARTICLE, NewsPairs, Side, TranslationPairs
from training.texts import Ids, Ragged, tokenized, unaccented
from training.translation import learn

__all__ = ["Options", "train"]

logger = logging.getLogger(__name__)

QUESTION_WORDS = {
    "vi": "ai|ai là|ai đã|là ai|gì|là gì|cái gì|những gì|nào|khi nào|vào khi nào|từ khi nào|bao giờ|năm nào|vào năm nào|ngày nào|"
    "ở đâu|đâu|tại đâu|nơi nào|tại sao|vì sao|lý do gì|như thế nào|thế nào|ra sao|bao nhiêu|bao nhiêu người|là bao nhiêu|mấy|"
    "bao lâu|có phải|cho biết|hãy cho biết|theo bài báo|bài báo nói gì về|người nào|tên là gì|ai là người|điều gì|loại nào|"
    "nguyên nhân là gì|chức vụ gì|cơ quan nào|những ai|trong bao lâu|số tiền bao nhiêu|bị phạt bao nhiêu|gồm những gì|phải không",
    "en": "who|who is|who was|who did|what|what is|what was|what did|what does|what are|what were|what kind of|what type of|"
    "when|when did|when was|when is|what year|in what year|on what date|where|where is|where was|where did|in which|which|why|"
    "why did|why was|how|how did|how does|how many|how many people|how much|how much did|how long|how often|how old|whose|whom|"
    "was there|did the|does the|is the|name the|according to the article|what is the name of|what happened to|for how long|what reason",
}


@dataclass(frozen=True, slots=True)
class Options:
    """What the training can be told.

    Attributes:
        steps: Batches; every third is of translations.
        batch: Pairs of a batch.
        dimensions: Length of a vector.
        rate: Highest learning rate of Adam.
        scale: What cosines are multiplied by before the softmax.
        seed: Of everything drawn by chance.
    """

    steps: int = 3000
    batch: int = 3072
    dimensions: int = 256
    rate: float = 0.02
    scale: float = 20.0
    seed: int = 20_26


def train(shared: Path, work: Path, out: Path, options: Options, *, stop: int | None = None) -> None:
    """Train the model and save it; a training that was interrupted goes on where it was.

    Args:
        shared: Folder of the data.
        work: Folder of the checkpoint and of the tokenized texts.
        out: Folder of the model.
        options: Sizes and rates.
        stop: Leave off after this step, with a checkpoint and without a model.
    """
    work.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(options.seed)
    data = _Data.prepared(shared, work)
    table = _fit(data, work, options, stop or options.steps)
    if stop is None:
        save(table, data, out)


def save(table: NDArray[np.float32], data: "_Data", out: Path) -> None:
    """Save the model as sentence-transformers loads it: 8-bit rows, with a scale for each token.

    Tensors `embeddings`, `mapping` and `weights` are the layout that `StaticEmbedding.load` shares with model2vec.
    """
    from safetensors.numpy import save_file
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Normalize, StaticEmbedding

    out.mkdir(parents=True, exist_ok=True)
    table = table.copy()
    typical = functional.normalize(torch.from_numpy(table[data.documents]), dim=1).mean(dim=0)
    table[0] = -0.01 * float(np.median(np.linalg.norm(table, axis=1))) * functional.normalize(typical, dim=0).numpy()
    scales = np.abs(table).max(axis=1) / 127
    mapping = np.asarray(data.rows, dtype=np.int32)
    tensors = {
        "embeddings": np.round(table / scales[:, None]).astype(np.int8),
        "mapping": mapping,
        "weights": scales[mapping].astype(np.float32),
    }
    static = StaticEmbedding(data.tokenizer, embedding_dim=table.shape[1])
    model = SentenceTransformer(modules=[static, Normalize()], device="cpu")
    model.save(str(out), create_model_card=False)
    save_file(tensors, out / "model.safetensors")
    (out / "tokenizer.json").write_text(data.tokenizer.to_str(), encoding="utf-8")


class _Data:
    """Tokenizer and tokenized texts."""

    def __init__(self, tokenizer: Tokenizer, arrays: dict[str, Any]) -> None:
        self.tokenizer = tokenizer
        self.rows: Ids = arrays["rows"]
        self.counts: Ids = arrays["counts"]
        self.documents = np.flatnonzero(self.counts > 1000)
        named = {n[:-7]: Ragged(arrays[n], arrays[n[:-6] + "ends"]) for n in arrays if n.endswith("_values")}
        sentences_en = (named["en"], named["vi"], named["vi_plain"])
        words_en = (named["words_en"], named["words_vi"], named["words_vi_plain"])
        both = [_joined(a, b) for a, b in zip(sentences_en, words_en, strict=True)]
        self.sentence_pairs = TranslationPairs(*sentences_en)
        self.word_pairs = TranslationPairs(*words_en)
        self.news = NewsPairs(
            named["news"],
            named["news_plain"],
            articles=arrays["articles"],
            translations=learn(both[0], both[1], rows=len(self.counts)),
            unaccented_rows=arrays["unaccented_rows"],
            questions=(named["ask_vi"], named["ask_plain"], named["ask_en"]),
        )

    @classmethod
    def prepared(cls, shared: Path, work: Path) -> "_Data":
        """Return the data, from the work folder when it was prepared before."""
        if not (work / "prepared.npz").exists():
            _prepare(shared, work)
        with np.load(work / "prepared.npz") as stored:
            return cls(Tokenizer.from_file(str(work / "tokenizer.json")), {n: stored[n] for n in stored.files})


def _prepare(shared: Path, work: Path) -> None:
    articles = list(corpora.news(shared))
    sentences = corpora.parallel(shared)
    words = corpora.dictionary(shared) + corpora.lexicon() * 3
    logger.info("%d articles, %d sentence pairs, %d word pairs", len(articles), len(sentences), len(words))
    vietnamese = (" ".join([a.title, a.abstract, *a.sentences]) for a in articles)
    vocab = vocabulary.build(vietnamese, (e for e, _ in sentences + words))
    vocab.tokenizer.save(str(work / "tokenizer.json"), pretty=False)
    lines = [s.replace("_", " ") for a in articles for s in (a.title, a.abstract, *a.sentences)]
    lengths = [2 + len(a.sentences) for a in articles]
    ask = QUESTION_WORDS["vi"].split("|")
    texts = {
        "news": lines,
        "news_plain": [unaccented(s) for s in lines],
        "en": [e for e, _ in sentences],
        "vi": [v for _, v in sentences],
        "vi_plain": [unaccented(v) for _, v in sentences],
        "words_en": [e for e, _ in words],
        "words_vi": [v for _, v in words],
        "words_vi_plain": [unaccented(v) for _, v in words],
        "ask_vi": ask,
        "ask_plain": [unaccented(s) for s in ask],
        "ask_en": QUESTION_WORDS["en"].split("|"),
    }
    arrays: dict[str, Any] = {
        "rows": np.asarray(vocab.rows),
        "counts": np.asarray(vocab.counts),
        "articles": np.cumsum([0, *lengths]),
        "unaccented_rows": _unaccented_rows(vocab),
    }
    for name, some in texts.items():
        found = tokenized(some, vocab.tokenizer, vocab.rows, vocab.normalizer)
        arrays |= {f"{name}_values": found.values, f"{name}_ends": found.ends}
        logger.info("%s: %d texts, %d tokens", name, len(found), len(found.values))
    np.savez(work / "unfinished.npz", **arrays)
    (work / "unfinished.npz").rename(work / "prepared.npz")


def _unaccented_rows(vocab: vocabulary.Vocabulary) -> NDArray[np.int32]:
    """Return for each row the row of its unaccented form, or itself when that is not one token."""
    rows = np.arange(len(vocab.counts), dtype=np.int32)
    known = vocab.tokenizer.get_vocab()
    for token, id in known.items():
        folded = known.get(unaccented(token))
        if folded is not None:
            rows[vocab.rows[id]] = vocab.rows[folded]
    return rows


def _joined(a: Ragged, b: Ragged) -> Ragged:
    return Ragged(np.concatenate([a.values, b.values]), np.concatenate([a.ends, a.ends[-1] + b.ends[1:]]))


def _fit(data: _Data, work: Path, options: Options, stop: int) -> NDArray[np.float32]:
    checkpoint = work / "checkpoint.pt"
    frequency = data.counts / data.counts.sum()
    usual = 1e-4 / (1e-4 + frequency)  # smooth inverse frequency (Arora et al. 2017)
    start = torch.randn(len(frequency), options.dimensions) * torch.from_numpy(0.3 * usual + 0.02).float()[:, None]
    weight = torch.nn.Parameter(start)
    adam = torch.optim.Adam([weight], lr=options.rate, betas=(0.9, 0.98), fused=True)
    step, began = 0, time.monotonic()
    if checkpoint.exists():
        stored = torch.load(checkpoint)
        step = stored["step"]
        weight.data.copy_(stored["weight"])
        adam.load_state_dict(stored["adam"])
    shown = 0.0
    while step < stop:
        chance = np.random.default_rng([options.seed, step])
        adam.param_groups[0]["lr"] = _rate(step, options)
        loss = _loss(weight, data, step, chance, options)
        adam.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        adam.step()
        step += 1
        shown = loss.item() if step % 3 == 1 else shown
        if step % 50 == 0:
            logger.info("step %d, loss %.3f, %.0f s", step, shown, time.monotonic() - began)
        if step % 500 == 0 or step == stop:
            torch.save({"step": step, "weight": weight.data, "adam": adam.state_dict()}, work / "unfinished.pt")
            (work / "unfinished.pt").rename(checkpoint)
    return weight.detach().numpy()


def _rate(step: int, options: Options) -> float:
    """Return the learning rate: a short linear rise, then half a cosine down to almost nothing."""
    warm = min(1.0, (step + 1) / 50)
    return options.rate * warm * (0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * step / options.steps)))


def _loss(weight: torch.Tensor, data: _Data, step: int, chance: np.random.Generator, options: Options) -> torch.Tensor:
    none = torch.empty(0, dtype=torch.int64)
    if step % 3 == 2:
        drawn = data.word_pairs if step % 6 == 5 else data.sentence_pairs
        english, vietnamese = drawn.draw(options.batch, chance)
        return _contrast(_vectors(weight, english), _vectors(weight, vietnamese), options.scale, none)
    questions, passages, is_title = data.news.draw(options.batch, chance)
    titles = torch.from_numpy(np.flatnonzero(is_title))
    return _contrast(_vectors(weight, questions), _vectors(weight, passages), options.scale, titles)


def _vectors(weight: torch.Tensor, side: Side) -> torch.Tensor:
    sums = functional.embedding_bag(torch.from_numpy(side.rows), weight, torch.from_numpy(side.starts), mode="sum")
    return functional.normalize(sums, dim=1)


def _contrast(a: torch.Tensor, b: torch.Tensor, scale: float, titles: torch.Tensor) -> torch.Tensor:
    loss: torch.Tensor = _Contrast.apply(a, b, scale, titles)  # type: ignore[no-untyped-call]
    return loss


class _Contrast(torch.autograd.Function):
    """The in-batch softmax loss, both ways (Henderson et al. 2017), with one exponential for loss and gradient.

    Cosines are at most 1, so the exponentials need no shift by the largest.
    """

    @staticmethod
    def forward(ctx: Any, a: torch.Tensor, b: torch.Tensor, scale: float, titles: torch.Tensor) -> torch.Tensor:
        """Return the mean loss of the rows of `a` against `b`; `titles` fit any passage of their article."""
        cosines = (a.bfloat16() @ b.bfloat16().T).float()
        right = cosines.diagonal().sum()
        odds = cosines.sub_(1).mul_(scale).exp_()
        for other in range(1, PASSAGES_PER_ARTICLE):
            odds[titles, titles + other] = 0
        rows, columns = odds.sum(dim=1), odds.sum(dim=0)
        n = len(a)
        gradient = odds.mul_((0.5 / n / rows)[:, None] + (0.5 / n / columns)[None, :])
        gradient.diagonal().sub_(1 / n)
        ctx.save_for_backward(a, b, gradient)
        ctx.scale = scale
        return (rows.log().sum() + columns.log().sum()) / (2 * n) + scale * (1 - right / n)

    @staticmethod
    def backward(ctx: Any, *outer: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor, None, None]:
        """Return the gradients of `a` and `b`."""
        a, b, gradient = ctx.saved_tensors
        share = gradient.bfloat16()
        factor = outer[0] * ctx.scale
        return (share @ b.bfloat16()).float() * factor, (share.T @ a.bfloat16()).float() * factor, None, None


def main(arguments: list[str] | None = None) -> None:
    """Train from the command line."""
    defaults = Options()
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, required=True, help="folder of the data")
    parser.add_argument("--out", type=Path, required=True, help="folder of the model")
    parser.add_argument("--work", type=Path, default=Path("build/training"), help="folder of what can be made again")
    for name in ("steps", "batch", "dimensions", "seed"):
        parser.add_argument(f"--{name}", type=int, default=getattr(defaults, name))
    for name in ("rate", "scale"):
        parser.add_argument(f"--{name}", type=float, default=getattr(defaults, name))
    given = vars(parser.parse_args(arguments))
    shared, work, out = (given.pop(name) for name in ("shared", "work", "out"))
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    train(shared, work, out, Options(**given))


if __name__ == "__main__":
    main()
