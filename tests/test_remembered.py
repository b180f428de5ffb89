"""What was made of words is made once, and forgotten before it takes too much room."""

from qa.language.remembered import Remembered


def test_what_is_remembered_is_made_once() -> None:
    asked: list[str] = []
    lengths = Remembered(lambda word: asked.append(word) or len(word), most=8)
    assert list(map(lengths.__getitem__, "hội nghị hội nghị".split())) == [3, 4, 3, 4]
    assert asked == ["hội", "nghị"]


def test_no_more_is_remembered_than_is_allowed() -> None:
    capitals = Remembered(str.upper, most=3)
    for word in "một hai ba bốn năm sáu bảy".split():
        assert capitals[word] == word.upper()
        assert len(capitals) <= 3
    assert capitals["một"] == "MỘT"
