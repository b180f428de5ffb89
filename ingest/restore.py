"""Bringing removed articles back, as they were: the ledger keeps their texts, and everything else is made of those."""

from collections.abc import Sequence

from ingest.prepare import prepare_article
from qa.edit import editing
from qa.embeddings import embedder_for
from qa.errors import HoibaoError
from qa.ledger import Ledger
from qa.schema import Article
from qa.settings import Settings, load_settings
from qa.staging import Prepared
from qa.stores import Embedder, Stores

__all__ = ["restoring"]


def restoring(
    ids: Sequence[str], *, settings: Settings | None = None, embedder: Embedder | None = None, wait: float = 0.0
) -> list[str]:
    """Bring articles back that were removed, each with its id, text and offsets, so that what cited it leads to it again.

    They stay although their files have not changed, and although these may be gone.

    Args:
        ids: Of articles.
        settings: Defaults to the environment's.
        embedder: Defaults to the model of the settings.
        wait: Seconds to wait for another process that is writing.

    Returns:
        The ids of those that came back; the others are there already.

    Raises:
        HoibaoError: There never was an article of one of the ids, or its text was erased; then none comes back.
        Locked: Another process is writing to the data directory.
    """
    settings = settings or load_settings()
    embedder = embedder or embedder_for(settings)
    stores = Stores(settings.data_dir)
    try:
        with stores.writing(wait=wait):
            stores.recover()
            wanted = {id: _last(stores.ledger, id) for id in ids}
            with editing(stores, embedder, is_gone=lambda _: False, on_embedded=lambda *_: None) as edit:
                back = [id for id, article in wanted.items() if edit.restore(_prepared(stores.ledger, article), id)]
                edit.publish()
            return back
    finally:
        stores.close()


def _last(ledger: Ledger, id: str) -> Article:
    versions = ledger.versions(id)
    if not versions:
        raise HoibaoError(
            f"There is no article {id} to restore", hint="What was removed with --erase is gone; ingest its file again."
        )
    return versions[0].article


def _prepared(ledger: Ledger, article: Article) -> Prepared:
    """Return the article, ready to be staged, under the record that gave it; under one of its own when that is forgotten."""
    origins = ledger.sources.of_article(article.id)
    shown = next((o for o in origins if o.label == article.source), origins[0] if origins else None)
    path, key, digest = (shown.path, shown.key, shown.record_hash) if shown else (f"restored:{article.id}", "", b"")
    prepared = prepare_article(article, path=path, key=key, digest=digest)
    prepared.label = shown.label if shown else article.source
    return prepared
