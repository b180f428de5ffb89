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
