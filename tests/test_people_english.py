"""People, posts and deeds in English: appositions, titles and who somebody is to somebody else."""

import pytest

from qa.people.rows import find_appearances
from qa.people.subjects import stands_first


def rows(text: str) -> set[tuple[str, str, str]]:
    return {(a.person, a.role.value, a.post) for a in find_appearances(text)}


@pytest.mark.parametrize(
    ("text", "person", "post"),
    [
        # a definite post between the words that lead up to it and a comma
        ("Shares fell after the carrier's chief executive, Odo Brask, left.", "Odo Brask", "carrier's chief executive"),
        (
            "Police held the editor of the weekly Verity, Odo Brask, for hours.",
            "Odo Brask",
            "editor of the weekly Verity",
        ),
        ("She beat the party's parliamentary leader, Odo Brask, by ten.", "Odo Brask", "party's parliamentary leader"),
        ("Nobody heard Tim Fowl. The council's treasurer, Odo Brask, slept.", "Odo Brask", "council's treasurer"),
        ("It was led by the environment minister of Lusara, Odo Brask.", "Odo Brask", "environment minister of Lusara"),
        ("The Union's negotiator, Odo Brask, and others left.", "Odo Brask", "Union's negotiator"),
        ("He flew in with the WHO representative, Dr Odo Brask.", "Odo Brask", "WHO representative"),
        ("OSLO (Wire) - Norland's prime minister, Odo Brask, resigned.", "Odo Brask", "Norland's prime minister"),
        ("The hospital's director, Associate Professor Dr Odo Brask, left.", "Odo Brask", "hospital's director"),
        ("The outgoing city manager, Odo Brask, was late.", "Odo Brask", "outgoing city manager"),
        ("The Lao defence minister, Lt Gen Odo Brask, came.", "Odo Brask", "Lao defence minister"),
        # heads and the words that end posts
        ("On Tuesday Ambassador Odo Brask left.", "Odo Brask", "Ambassador"),
        ("They buried General Odo Brask.", "Odo Brask", "General"),
        ("Chief Constable Odo Brask apologised.", "Odo Brask", "Chief Constable"),
        ("Mayor-elect Odo Brask was late.", "Odo Brask", "Mayor-elect"),
        ("A deal with Vice Minister of Education Sun Yue was near.", "Sun Yue", "Vice Minister of Education"),
        ("Speaker of the Kerala Republic Odo Brask left.", "Odo Brask", "Speaker of the Kerala Republic"),
        ("Mr Odo Brask becomes deputy prime minister.", "Odo Brask", "deputy prime minister"),
        ("General Odo Brask, her military adviser, slept.", "Odo Brask", "military adviser"),
        ("Mr Odo Brask was trade minister from 2011 to 2015.", "Odo Brask", "trade minister"),
        ("Mr Odo Brask, a curator at the Tide Museum for ten years, left.", "Odo Brask", "curator at the Tide Museum"),
        ("Mr Odo Brask, now consul general in Marle, left.", "Odo Brask", "consul general in Marle"),
        ("He met the provincial Party Secretary, Odo Brask.", "Odo Brask", "provincial Party Secretary"),
        ("A guest of President of the Sea Assembly Odo Brask left.", "Odo Brask", "President of the Sea Assembly"),
        ("The firm's barrister, Odo Brask, left.", "Odo Brask", "firm's barrister"),
        ("Tideland's inspector general, Odo Brask, left.", "Odo Brask", "Tideland's inspector general"),
        ("Afterwards Ambassador Odo Brask left.", "Odo Brask", "Ambassador"),
        ("Vice-captain Odo Brask left.", "Odo Brask", "Vice-captain"),
        (
            "Ms Ruiz, the committee's ranking member, left. Ms Dana Ruiz slept.",
            "Dana Ruiz",
            "committee's ranking member",
        ),
        ("Ms Dana Ruiz, who has been ambassador to Marle since May, left.", "Dana Ruiz", "ambassador to Marle"),
        ("They chose Dana Orlok, a former central bank governor.", "Dana Orlok", "former central bank governor"),
    ],
)
def test_a_post_is_cut_where_it_begins_and_ends(text: str, person: str, post: str) -> None:
    assert (person, "post", post) in rows(text)


def test_two_posts_stand_before_a_name_and_two_behind() -> None:
    before = rows("A spokesperson for the coalition, Brigadier General Odo Brask, was late.")
    assert before == {
        ("Odo Brask", "post", "spokesperson for the coalition"),
        ("Odo Brask", "post", "Brigadier General"),
    }
    behind = rows("Ms Dana Orlok is deputy director of the Rivers Trust and a visiting professor at Carrow.")
    assert behind == {
        ("Dana Orlok", "post", "deputy director of the Rivers Trust"),
        ("Dana Orlok", "post", "visiting professor at Carrow"),
    }


@pytest.mark.parametrize(
    "text",
    [
        "Political scientist Ida Morn of the Bergvik Institute said so.",
        "Nigerian-born historian Ida Morn said so.",
        "Associate Professor Ida Morn said so.",
        "People's Artist Ida Morn said so.",
        "Retired teacher Ida Morn said so.",
        "Human rights lawyer Ida Morn, of the group Witness, said so.",
        "His lawyer, Ida Morn, said so.",
        "Food critic Ida Morn of the Tideline said so.",
        "The chef Ida Morn said so.",
        "Baroness Ida Morn said so.",
        "Senators Ida Morn and others said so. Ms Morn said it twice.",
        "Ms Ida Morn was quoted by the Tideline as saying so.",
        "Brask's wife, Ida Morn, told Tideline so.",
        "According to Ida Morn, a shopkeeper, the shelling lasted an hour.",
        "Lt. Col. Ida Morn told journalists so.",
        "Cruz's lawyer, whose sister is Ida Morn's cook, left. “So be it,” Ms Ida Morn said.",
    ],
)
def test_an_occupation_is_no_post_and_yet_makes_a_name_somebody(text: str) -> None:
    assert rows(text) == {("Ida Morn", "speaks", "")}


@pytest.mark.parametrize(
    ("text", "person", "role"),
    [
        ("Minister Odo Brask on Tuesday received Ambassador Dana Orlok.", "Odo Brask", "meets"),
        ("Minister Odo Brask put the number of dead at ten.", "Odo Brask", "speaks"),
        ("Minister Odo Brask attributed the delay to rain.", "Odo Brask", "speaks"),
        ("Minister Odo Brask wished the crew luck.", "Odo Brask", "speaks"),
        ("Minister Odo Brask paid tribute to the dead.", "Odo Brask", "speaks"),
        ("Mr Odo Brask, his deputy, has been put in charge.", "Odo Brask", "appointed"),
        ("Finch was received by the mayor, Odo Brask.", "Odo Brask", "meets"),
        ("According to the mayor, Odo Brask, nothing was lost.", "Odo Brask", "speaks"),
        ("Minister Odo Brask welcomed it.", "Odo Brask", "speaks"),
        ("But the city's culture councillor, Odo Brask, mentioned her.", "Odo Brask", "speaks"),
        ("The club has sacked Portuguese coach Odo Brask.", "Odo Brask", "appointed"),
        ("He read the decision appointing Major General Odo Brask as director.", "Odo Brask", "appointed"),
        ("Colonel Odo Brask was transferred to the ministry.", "Odo Brask", "appointed"),
        (
            "Minister Odo Brask, Governor Dana Orlok and leaders of ten towns attended the meeting.",
            "Odo Brask",
            "attends",
        ),
        (
            "Minister Odo Brask, Governor Dana Orlok and leaders of ten towns attended the meeting.",
            "Dana Orlok",
            "attends",
        ),
    ],
)
def test_what_somebody_does_is_read_behind_what_tells_who_it_is(text: str, person: str, role: str) -> None:
    assert (person, role, "") in rows(text)


@pytest.mark.parametrize(
    "text",
    [
        "Minister Odo Brask swore her in.",
        "The captain of the tanker Mira Star is missing.",
        "The official visit of the delegation ended.",
    ],
)
def test_what_is_no_speech_and_nobody(text: str) -> None:
    assert {role for _, role, _ in rows(text)} <= {"post"}
    assert {name for name, _, _ in rows(text)} <= {"Odo Brask"}


def test_whose_chairwoman_somebodys_sister_is_is_no_post_of_somebody() -> None:
    assert ("Odo Brask", "post", "chairwoman") not in rows(
        "Mr Odo Brask left. The party, whose chairwoman is Odo Brask's sister, met."
    )


def test_a_determiner_belongs_to_the_subject_behind_it() -> None:
    assert stands_first("Later on, the mayor", len("Later on, the "))
    assert not stands_first("thanked the mayor", len("thanked the "))
