"""An area that is asked for is of the sort the question names."""

import pytest
from reading_support import tried

WAY = "Đoàn bay từ sân bay Hải Âu, ghé bang Texas, báo Ngày Mới đưa tin, rồi về thành phố Vinh và tỉnh Kon Tum."


@pytest.mark.parametrize(
    ("question", "left_out", "kept"),
    [
        ("Đoàn về thành phố nào?", {"sân bay Hải Âu", "bang Texas", "tỉnh Kon Tum"}, "thành phố Vinh"),
        ("Which city did they return to?", {"sân bay Hải Âu", "bang Texas", "tỉnh Kon Tum"}, "thành phố Vinh"),
        ("doan ghe bang nao", {"sân bay Hải Âu", "thành phố Vinh"}, "bang Texas"),
        ("Đoàn về tỉnh nào?", {"sân bay Hải Âu", "bang Texas", "Ngày Mới"}, "tỉnh Kon Tum"),
        ("Đoàn bay từ nơi nào?", set(), "sân bay Hải Âu"),
    ],
)
def test_an_area_is_of_the_sort_that_is_asked_for(question: str, left_out: set[str], kept: str) -> None:
    found = set(tried(question, WAY))
    assert kept in found
    assert not left_out & found


TRADE = "Radar mua của Đức, theo Reuters; hãng Hải Âu và báo Ngày Mới chê đắt, VIII và NATO không lên tiếng."


@pytest.mark.parametrize("question", ["Radar mua của nước nào?", "Which country were the radars bought from?"])
def test_a_country_is_known_as_one(question: str) -> None:
    assert set(tried(question, TRADE)) == {"Đức"}


def test_no_place_is_an_acronym_or_an_outlet() -> None:
    assert not {"Reuters", "NATO", "VIII"} & set(tried("Radar đặt ở nơi nào?", TRADE))


def test_where_somebody_comes_from_is_said_of_somebody() -> None:
    text = "Anh Lê Văn Tý, quê xã Đông Hà; tàu của anh qua đảo Hòn Nghệ."
    assert "xã Đông Hà" in tried("Anh Tý quê ở đâu?", text)
    assert "đảo Hòn Nghệ" not in tried("Anh Tý quê ở đâu?", text)
    assert "đảo Hòn Nghệ" in tried("Anh Tý lái tàu qua đâu?", text)
