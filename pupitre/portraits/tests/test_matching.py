import pytest

from pupitre.portraits.matching import Pupil, Pupils, Unmatched

PUPILS = Pupils.of(
    [
        Pupil(1, ("123456789AB", "4071"), ("BELKACEM Inès",), "4B"),
        Pupil(2, (), ("D'HAUTCŒUR Jean-Noël", "MARTIN Jean-Noël"), "4B"),
        Pupil(3, (), ("MARTIN Louise",), "4B"),
        Pupil(4, (), ("MARTIN Louise",), "6C"),
    ]
)


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("123456789ab.jpg", 1),
        ("4071.JPG", 1),
        ("BELKACEM Inès.jpg", 1),
        ("photos/4B/belkacem_ines.png", 1),
        ("Inès BELKACEM (2).jpg", 1),
        ("012 BELKACEM Ines.jpeg", 1),
        ("D’Hautcoeur Jean Noel.jpg", 2),
        ("MARTIN_Jean-Noël.jpg", 2),
        ("6C/MARTIN Louise.jpg", 4),
        ("4B\\MARTIN Louise.jpg", 3),
        ("MARTIN Louise.jpg", Unmatched.SEVERAL),
        ("6A/MARTIN Louise.jpg", Unmatched.SEVERAL),
        ("IMG_2041.jpg", Unmatched.UNKNOWN),
        ("BELKACEM.jpg", Unmatched.UNKNOWN),
        (".jpg", Unmatched.UNKNOWN),
    ],
)
def test_a_file_names_its_student(path, found):
    assert PUPILS.match(path) == found
