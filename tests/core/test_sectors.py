from sokhu.core.dimension import load_dimensions

SECTORS = load_dimensions().dimensions["sector"]


def test_sectors_are_the_twenty_one_sections_with_their_eighty_eight_divisions():
    sections = [key for key in SECTORS.words if key.isalpha()]
    divisions = [key for key in SECTORS.words if key.isdigit()]
    assert sections == [chr(letter) for letter in range(ord("A"), ord("U") + 1)]
    assert (len(divisions), divisions == sorted(divisions)) == (88, True)


def test_every_division_belongs_to_a_section_and_manufacturing_has_twenty_four():
    assert all(SECTORS.words[key].parent in SECTORS.words for key in SECTORS.words if key.isdigit())
    assert SECTORS.within("C") == {"C"} | {str(code) for code in range(10, 34)}
